import { z } from "zod";
import { reason, shortName } from "./common";
import { type Gateway, gatewayBy, type IstioGateway } from "./traffic-gateway";

export const routedHost = z
  .string()
  .regex(
    /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    "is not a host name; write for example api.example.com or *.example.com",
  )
  .meta({ examples: ["api.example.com"] });

/** What is gone, never was, or has another name today: what to write in its place. */
const GONE: Readonly<Record<string, string>> = {
  "app-mesh":
    "is AWS App Mesh, which AWS ended on 2026-09-30; write api: istio and mesh: { kind: istio, ... }",
  "ingress-nginx":
    "has been retired since March 2026; write api: gateway-api, or traffic.ingress.class: nginx of a service with ingress.nginx: { reason }",
  "aws-alb-ingress-controller":
    "is the AWS Load Balancer Controller since its version 2; write api: alb-ingress",
  smi: "is archived since 2023; write api: gateway-api",
};
const ALIASES: Readonly<Record<string, string>> = {
  appmesh: "app-mesh",
  "aws-app-mesh": "app-mesh",
  "appmesh.k8s.aws": "app-mesh",
  nginx: "ingress-nginx",
  "alb-ingress-controller": "aws-alb-ingress-controller",
};
const NO_IMPLEMENTATION: Readonly<Record<string, string>> = {
  "app-mesh": "is AWS App Mesh, which AWS ended on 2026-09-30; write implementation: istio",
  "eks.amazonaws.com/gateway-controller":
    "is not a controller of the Gateway API; AWS's is gateway.k8s.aws/alb: write implementation: aws",
  "gateway.k8s.aws/alb": "is the controller of implementation: aws; write aws",
  "istio.io/gateway-controller": "is the controller of implementation: istio; write istio",
  "io.cilium/gateway-controller": "is the controller of implementation: cilium; write cilium",
  "application-networking.k8s.aws/gateway-api-controller":
    "is the controller of VPC Lattice, which this platform has not; write istio, cilium or aws",
  "ingress-nginx":
    "is not an implementation of the Gateway API, and retired since March 2026; write istio or cilium",
};

/** Says of a name that is no longer, or was never, what stands in its place. Undefined: nobody knows it. */
function replacement(gone: Readonly<Record<string, string>>, name: unknown): string | undefined {
  if (typeof name !== "string") return undefined;
  const meant = own(ALIASES, name) ?? name;
  return own(gone, meant);
}

/** Every object has a constructor and the like, so a table is asked for what it says itself. */
function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

const tls = z
  .strictObject({
    secret: shortName(253).describe("Secret with the certificate and its key, in the gateway's namespace."),
    certManager: z
      .boolean()
      .default(false)
      .describe(
        "Whether cert-manager makes it for the hosts, as ingress.certificates says. Default: false; it exists already.",
      ),
  })
  .transform((given) => ({ kind: "secret" as const, ...given }))
  .describe("HTTPS on port 443; port 80 only redirects.");

const gateway = {
  hosts: z.array(routedHost).min(1).describe("Host names that the gateway answers to."),
  namespaces: z
    .array(shortName(63))
    .min(1)
    .describe("Namespaces whose services it leads to. Routes of other namespaces are not accepted."),
};

const clearText = z
  .union(
    [
      tls,
      z
        .strictObject({
          none: z.literal(true).describe("Port 80 alone, in clear text."),
          reason: reason("TLS ends at the CDN in front: EDGE-12"),
        })
        .transform((given) => ({ kind: "none" as const, reason: given.reason })),
    ],
    { error: "must be { secret } or { none: true, reason }" },
  )
  .describe("How the gateway does HTTPS: by a certificate in a secret, or not at all, with a reason.");

const scheme = z
  .enum(["internal", "public"])
  .optional()
  .describe(
    "Who reaches its load balancer. internal: the VPC and networks connected with it; public: the internet. Default: internal.",
  );

const carrier = {
  ingressGateway: shortName(28)
    .optional()
    .describe(
      "Which of mesh.ingressGateways carries it out, and with it whose load balancer. Default: mesh.ingressGateway, or the only one there is.",
    ),
};

const passthrough = z
  .strictObject({
    passthrough: z
      .literal(true)
      .describe(
        "TLS is passed on as it is, by the server name of a connection: the pods have the certificate, and no rule sees a request.",
      ),
  })
  .transform(() => ({ kind: "passthrough" as const }))
  .describe("For services whose ports are all TCP.");

const istioTls = z
  .union([...clearText.options, passthrough], {
    error: "must be { secret }, { passthrough: true } or { none: true, reason }",
  })
  .describe(
    "How the gateway does HTTPS: by a certificate in a secret, by passing TLS on, or not at all, with a reason.",
  );

/** Envoys of mesh.ingressGateway and mesh.ingressGateways carry them out. */
const istioGateways = z
  .record(shortName(40), z.strictObject({ ...gateway, tls: istioTls, ...carrier }))
  .prefault({})
  .describe(
    "Gateways by name, in namespace istio-ingress. Needs mesh.ingressGateway or mesh.ingressGateways.",
  )
  .meta({
    examples: [
      { "public-gw": { hosts: ["example.com"], namespaces: ["web"], tls: { secret: "tls-example-com" } } },
    ],
  });

export const trafficApiSchema = z
  .discriminatedUnion(
    "api",
    [
      z
        .strictObject({
          api: z.literal("istio").describe("Istio's Gateway, VirtualService and DestinationRule."),
          gateways: istioGateways,
        })
        .transform(({ api, gateways }) => ({
          api,
          gateways: Object.fromEntries(
            Object.entries(gateways).map(([name, each]): [string, IstioGateway] => [
              name,
              { by: "istio", ...each },
            ]),
          ),
        })),
      z
        .strictObject({
          api: z.literal("gateway-api").describe("Gateway, HTTPRoute and GRPCRoute of the Gateway API."),
          implementation: z
            .enum(["istio", "cilium", "aws"], {
              error: ({ input }) =>
                replacement(NO_IMPLEMENTATION, input) ??
                "is not an implementation; write istio, cilium or aws",
            })
            .describe(
              "Who implements the routes. istio: Envoy of mesh.ingressGateway; cilium: Envoy of Cilium; aws: ALBs of the AWS Load Balancer Controller.",
            ),
          gateways: z
            .record(
              shortName(40),
              z.strictObject({
                ...gateway,
                tls: clearText
                  .optional()
                  .describe(
                    "How the gateway does HTTPS: by a certificate in a secret, or not at all, with a reason. Needed except with aws. Default: with aws, the certificates of ingress.loadBalancers.",
                  ),
                scheme,
                ...carrier,
              }),
            )
            .prefault({})
            .describe(
              "Gateways by name: each a load balancer, in namespace gateways; with Istio they share one.",
            ),
        })
        .transform(({ api, implementation, gateways }, context) => ({
          api,
          implementation,
          gateways: Object.fromEntries(
            Object.entries(gateways).flatMap(([name, given]): [string, Gateway][] => {
              const gateway = gatewayBy(implementation, given, ["gateways", name], context);
              return gateway === undefined ? [] : [[name, gateway]];
            }),
          ),
        })),
      z.strictObject({
        api: z.literal("alb-ingress").describe("An Ingress for an Application Load Balancer; no gateways."),
      }),
    ],
    {
      error: ({ input }) =>
        replacement(GONE, typeof input === "object" && input !== null && "api" in input ? input.api : ""),
    },
  )
  .optional()
  .describe("How services are reached. One choice for all targets. Default: services have no routes.");

export type TrafficConfig = NonNullable<z.output<typeof trafficApiSchema>>;
