import type { ChartValues } from "../../chart-values";
import type { Manifest } from "../../manifest";
import { INGRESS_NAMESPACE, ingressRole } from "../../../facts/istio-gateways";
import { NAMESPACE_NAME } from "../../policies/labels";
import { carrierOf, serviceHost } from "./routes";
import type { GatewayImplementation, PlatformGateway, TrafficPlatform } from "./traffic";

const API = "gateway.networking.k8s.io";

/** Classes that istiod and Cilium make themselves; the AWS controller makes none. */
const CLASSES: Readonly<Record<GatewayImplementation, string>> = {
  istio: "istio",
  cilium: "cilium",
  aws: "aws-alb",
};

/**
 * Subnets of load balancers by their scheme, one for each zone. Named, so that a load balancer that is there follows them
 * (kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/gateway/model/model_build_subnet.go).
 */
export type GatewaySubnets = Readonly<Record<PlatformGateway["scheme"], readonly string[]>>;

/** The platform's gateways: one way in for many services, by a key that stays. */
export function gatewayManifests(
  platform: TrafficPlatform,
  subnetIds: GatewaySubnets = { public: [], internal: [] },
): Record<string, Manifest> {
  const gateways = Object.entries(platform.gateways).sort();
  const manifests = gateways.flatMap(([name, gateway]) =>
    (platform.api === "istio"
      ? [istioGateway(name, gateway)]
      : apiGateway(name, gateway, platform, subnetIds[gateway.scheme])
    ).concat(certificates(gateway)),
  );
  const needsClass = platform.implementation === "aws" && gateways.length > 0;
  return Object.fromEntries(
    [...(needsClass ? [albClass()] : []), ...manifests].map((each) => [
      `${each.kind}/${each.metadata.name}`,
      each,
    ]),
  );
}

/** Istio's Gateway: servers of the Envoy that carries it out. */
function istioGateway(name: string, gateway: PlatformGateway): Manifest {
  const { namespace, namespaces, tls } = gateway;
  // Routes of other namespaces can't take the hosts.
  const from = namespaces.flatMap((each) => namedHosts(gateway).map((host) => `${each}/${host}`)).sort();
  const selector = { istio: ingressRole(carrierOf(gateway)) };
  if (tls?.kind === "passthrough") return passthroughGateway({ name, namespace }, selector, from);
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name, namespace },
    spec: {
      selector,
      servers: [
        {
          port: { number: 80, name: "http", protocol: "HTTP" },
          hosts: from,
          ...(tls && { tls: { httpsRedirect: true } }),
        },
        ...(tls
          ? [
              {
                port: { number: 443, name: "https", protocol: "HTTPS" },
                hosts: from,
                tls: { mode: "SIMPLE", credentialName: tls.secret, minProtocolVersion: "TLSV1_2" },
              },
            ]
          : []),
      ],
    },
  };
}

/** Connections are led by the server name that they ask for; nothing is read of them, and there is nothing to redirect. */
function passthroughGateway(
  metadata: Manifest["metadata"],
  selector: Readonly<Record<string, string>>,
  hosts: readonly string[],
): Manifest {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata,
    spec: {
      selector,
      servers: [{ port: { number: 443, name: "tls", protocol: "TLS" }, hosts, tls: { mode: "PASSTHROUGH" } }],
    },
  };
}

/**
 * An ALB opens connections without a server name (aws-samples/eks-alb-istio-with-tls#9), and Envoy would take none for a server
 * of names. Which names come through is then said by the rules of the ALB.
 */
function namedHosts({ hosts, carrier }: PlatformGateway): readonly string[] {
  return carrier?.behindAlb === true ? ["*"] : hosts;
}

function apiGateway(
  name: string,
  gateway: PlatformGateway,
  platform: TrafficPlatform,
  subnetIds: readonly string[],
): Manifest[] {
  const { implementation = "istio", certificateArns } = platform;
  const { namespace, hosts, namespaces } = gateway;
  const encrypted = gateway.tls !== undefined || implementation === "aws";
  return [
    {
      apiVersion: `${API}/v1`,
      kind: "Gateway",
      metadata: { name, namespace },
      spec: {
        gatewayClassName: CLASSES[implementation],
        ...placement(name, gateway, implementation),
        listeners: encrypted
          ? [
              redirectListener(),
              ...namedHosts(gateway).map((host, index) => httpsListener(host, index, gateway)),
            ]
          : hosts.map((hostname, index) => ({
              name: `http-${index + 1}`,
              hostname,
              port: 80,
              protocol: "HTTP",
              allowedRoutes: allowed(namespaces),
            })),
      },
    },
    ...(encrypted ? [redirectRoute(name, namespace)] : []),
    ...(implementation === "aws" ? [albConfiguration(name, gateway, certificateArns, subnetIds)] : []),
  ];
}

/** What carries the gateway out, and the load balancer in front of it. */
function placement(
  name: string,
  gateway: PlatformGateway,
  implementation: GatewayImplementation,
): ChartValues {
  switch (implementation) {
    case "istio":
      // The Envoy that is there, in place of one for each gateway (Istio docs, "Manual Deployment").
      return { addresses: [{ type: "Hostname", value: serviceHost(carrierOf(gateway), INGRESS_NAMESPACE) }] };
    case "cilium":
      return {
        infrastructure: {
          annotations: {
            "service.beta.kubernetes.io/aws-load-balancer-type": "external",
            "service.beta.kubernetes.io/aws-load-balancer-scheme": lbScheme(gateway.scheme),
            // Envoy is on every node; its service has no pods that a load balancer could name.
            "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
          },
        },
      };
    case "aws":
      return {
        infrastructure: {
          parametersRef: { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration", name },
        },
      };
  }
}

const lbScheme = (scheme: PlatformGateway["scheme"]): string =>
  scheme === "public" ? "internet-facing" : "internal";

/** Only the redirect below may be bound to it. */
function redirectListener(): ChartValues {
  return { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } };
}

function httpsListener(hostname: string, index: number, { namespaces, tls }: PlatformGateway): ChartValues {
  return {
    name: `https-${index + 1}`,
    ...(hostname !== "*" && { hostname }),
    port: 443,
    protocol: "HTTPS",
    // An ALB has its certificates from ACM.
    ...(tls?.kind === "secret" && {
      tls: { mode: "Terminate", certificateRefs: [{ group: "", kind: "Secret", name: tls.secret }] },
    }),
    allowedRoutes: allowed(namespaces),
  };
}

function allowed(namespaces: readonly string[]): ChartValues {
  return {
    namespaces: {
      from: "Selector",
      selector: {
        matchExpressions: [{ key: NAMESPACE_NAME, operator: "In", values: [...namespaces].sort() }],
      },
    },
  };
}

function redirectRoute(name: string, namespace: string): Manifest {
  return {
    apiVersion: `${API}/v1`,
    kind: "HTTPRoute",
    metadata: { name: `${name}-to-https`, namespace },
    spec: {
      parentRefs: [{ group: API, kind: "Gateway", name, sectionName: "http" }],
      rules: [
        {
          filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }],
        },
      ],
    },
  };
}

function albClass(): Manifest {
  return {
    apiVersion: `${API}/v1`,
    kind: "GatewayClass",
    metadata: { name: CLASSES.aws },
    spec: { controllerName: "gateway.k8s.aws/alb" },
  };
}

function albConfiguration(
  name: string,
  { namespace, scheme }: PlatformGateway,
  certificateArns: readonly string[],
  subnetIds: readonly string[],
): Manifest {
  const [first, ...others] = certificateArns;
  return {
    apiVersion: "gateway.k8s.aws/v1",
    kind: "LoadBalancerConfiguration",
    metadata: { name, namespace },
    spec: {
      scheme: lbScheme(scheme),
      ...(subnetIds.length > 0 && {
        loadBalancerSubnets: subnetIds.map((identifier) => ({ identifier })),
      }),
      // Without certificates the controller finds those of the host names in ACM.
      ...(first !== undefined && {
        listenerConfigurations: [
          {
            protocolPort: "HTTPS:443",
            defaultCertificate: first,
            ...(others.length > 0 && { certificates: others }),
          },
        ],
      }),
    },
  };
}

/** cert-manager keeps the secret of a gateway, by the issuer of ingress.certificates. */
function certificates({ namespace, hosts, tls }: PlatformGateway): Manifest[] {
  if (tls?.kind !== "secret" || !tls.certManager) return [];
  const secretName = tls.secret;
  return [
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: secretName, namespace },
      spec: {
        secretName,
        dnsNames: [...hosts],
        privateKey: { rotationPolicy: "Always" },
        issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" },
      },
    },
  ];
}
