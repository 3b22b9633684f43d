import { istioProxy } from "../../facts/injected-containers";
import {
  DEFAULT_DRAIN_SECONDS,
  DEREGISTRATION_DELAY,
  deregistrationDelaySeconds,
  type LoadBalancerKind,
} from "../../facts/load-balancer-drain";
import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { POD_IDENTITY_AGENT } from "../../modules/policies/baseline-flows";
import { cpuQuantity } from "../../modules/policies/resource-limits";
import { type Tracing, tracingMeshConfig } from "../../modules/mesh/tracing";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { isAtLeast } from "../../text/versions";

export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
}

/** What all charts of one Istio share. */
export interface IstioSettings {
  readonly ambient: boolean;
  readonly meshId: string;
  readonly trustDomain: string;
  /** Name of the cluster in the mesh: unique in it. */
  readonly clusterName: string;
  /** Name of the network that the pods are in. */
  readonly network: string;
  readonly imageMirror?: string;
}

export interface IstiodSettings extends IstioSettings {
  readonly replicas: ReplicaRange;
  readonly accessLogs: boolean;
  /** Other clusters of the mesh are there. */
  readonly multiCluster: boolean;
  /** Where calls of a region go when nobody answers in it. */
  readonly failover: Readonly<Record<string, string>>;
  /** A secret in istio-system that holds the cluster's CA; left out: istiod makes a root of its own. */
  readonly caSecret?: string;
  readonly tracing?: Tracing;
  /** A control plane beside the default one, for the namespaces that ask for its tag. */
  readonly revision?: { readonly name: string; readonly tag: string };
  /** Sidecars only: whether they let calls to unknown hosts out. */
  readonly outbound: "registry-only" | "allow-any";
  /** The injector takes a seccomp profile for sidecars: `knowsProxySeccomp`. */
  readonly proxySeccomp: boolean;
}

export const ISTIO_NAMESPACE = "istio-system";
/** Value of the label `istio` on its pods, by which the Gateway and policies select them. */
export const EAST_WEST_ROLE = "eastwestgateway";

/** Charts switch defaults by it; the key is read though values.yaml has none. */
const profile = (ambient: boolean): ChartValues => (ambient ? { profile: "ambient" } : {});

/** The proxy's image without its name: all of Istio's images lie there. */
const HUB = istioProxy.image.replace(/\/[^/]+$/, "");

const hub = (imageMirror: string | undefined): ChartValues =>
  imageMirror === undefined ? {} : { hub: mirrored(HUB, imageMirror) };

/** Values of the istio base chart: kinds and who reads clusters. */
export function istioBaseValues({ ambient }: Pick<IstioSettings, "ambient">): ChartValues {
  return { ...profile(ambient), defaultRevision: "default" };
}

/**
 * Whether an istiod gives sidecars a seccomp profile: since 1.28 (istio/istio, injection-template.yaml of the chart).
 * Before that, only a profile of the whole pod reaches them.
 */
export function knowsProxySeccomp(version: string): boolean {
  return isAtLeast(version, "1.28");
}

const RUNTIME_DEFAULT = { type: "RuntimeDefault" };

const quantities = ({ cpus, memoryMiB }: { readonly cpus: number; readonly memoryMiB: number }) => ({
  cpu: cpuQuantity(cpus),
  memory: `${memoryMiB}Mi`,
});

const proxyResources: ChartValues = {
  requests: quantities(istioProxy.requests),
  limits: quantities(istioProxy.limits),
};

/** Values of the istiod chart. Its keys lie at the top since 1.24, and not below `pilot`. */
export function istiodValues(settings: IstiodSettings): ChartValues {
  const { ambient, meshId, trustDomain, clusterName, network, replicas, imageMirror, caSecret } = settings;
  const { tracing, revision } = settings;
  const failover = Object.entries(settings.failover).sort();
  return {
    ...profile(ambient),
    ...(revision && { revision: revision.name, revisionTags: [revision.tag] }),
    autoscaleEnabled: true,
    autoscaleMin: replicas.min,
    autoscaleMax: replicas.max,
    pdb: { minAvailable: 1 },
    tolerations: systemTolerations,
    topologySpreadConstraints: spreadOverZones({ app: "istiod" }),
    cni: { enabled: true },
    // The chart's key gives only the right; the controller is behind a variable (pilot/pkg/features/pilot.go).
    taint: { enabled: true, namespace: ISTIO_NAMESPACE },
    env: {
      PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS: "true",
    },
    ...(caSecret !== undefined && requiredCa(caSecret)),
    global: {
      ...hub(imageMirror),
      meshID: meshId,
      network,
      multiCluster: { clusterName },
      logAsJson: true,
      // New pods can't start while the injector is away.
      priorityClassName: priorityClass.critical,
      // The agent runs on the node and is not a service of the mesh: a sidecar would keep pods from their credentials.
      proxy: {
        ...(!ambient && { excludeIPRanges: Object.values(POD_IDENTITY_AGENT).join(",") }),
        // Likewise DNS by TCP, to which resolvers fall back for long answers: a sidecar knows no server. Where its agent takes
        // DNS, it takes this, too.
        ...(!ambient && !settings.multiCluster && { excludeOutboundPorts: "53" }),
        resources: proxyResources,
        // Pod Security "restricted" asks it of each container, and the pod that is joined may say it of its own only.
        ...(settings.proxySeccomp && { seccompProfile: RUNTIME_DEFAULT }),
      },
      waypoint: { resources: proxyResources },
    },
    // Of waypoints and of gateways that istiod makes: a restricted namespace would take none of their pods.
    gateways: { seccompProfile: RUNTIME_DEFAULT },
    meshConfig: {
      trustDomain,
      ...(tracing && tracingMeshConfig(tracing)),
      ...(settings.accessLogs && { accessLogFile: "/dev/stdout", accessLogEncoding: "JSON" }),
      ...(!ambient && {
        outboundTrafficPolicy: { mode: settings.outbound === "allow-any" ? "ALLOW_ANY" : "REGISTRY_ONLY" },
        // A container that calls out as it starts would find no proxy.
        defaultConfig: {
          holdApplicationUntilProxyStarts: true,
          // Services that only a peer has have no names in this cluster's DNS: the proxy answers for them.
          ...(settings.multiCluster && { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } }),
        },
      }),
      ...(settings.multiCluster && {
        localityLbSetting: {
          enabled: true,
          ...(failover.length > 0 && { failover: failover.map(([from, to]) => ({ from, to })) }),
        },
      }),
    },
  };
}

/**
 * The chart mounts the secret where there is one. Without it istiod would start with a root of its own, and this cluster
 * would trust no other: so it waits.
 */
function requiredCa(secretName: string): ChartValues {
  return {
    volumes: [{ name: "required-ca", secret: { secretName, optional: false } }],
    volumeMounts: [{ name: "required-ca", mountPath: "/etc/octarine/required-ca", readOnly: true }],
  };
}

/** Values of the istio cni chart: pods need no privilege to be led through the proxy. */
export function istioCniValues({
  ambient,
  imageMirror,
}: Pick<IstioSettings, "ambient" | "imageMirror">): ChartValues {
  return { ...profile(ambient), global: { ...hub(imageMirror), logAsJson: true } };
}

/** Values of the ztunnel chart, whose keys are not below `global`. */
export function ztunnelValues({ clusterName, network, imageMirror }: IstioSettings): ChartValues {
  return { ...hub(imageMirror), multiCluster: { clusterName }, network, logAsJson: true };
}

/** How long Envoy closes connections in order once SIGTERM has come: answers carry `Connection: close` or GOAWAY. */
const ENVOY_DRAIN_SECONDS = 30;

/**
 * How a gateway's pod ends. It goes on as before while the load balancer still opens connections, then drains, then
 * stops: pilot-agent's own 5 s of draining, at once, would end before the load balancer knows (istio/istio#35964).
 */
const gatewayEnd = (drainSeconds: number, topology?: ChartValues): ChartValues => ({
  podAnnotations: {
    "proxy.istio.io/config": JSON.stringify({
      terminationDrainDuration: `${ENVOY_DRAIN_SECONDS}s`,
      ...(topology && { gatewayTopology: topology }),
    }),
  },
  lifecycle: { preStop: { sleep: { seconds: drainSeconds } } },
  terminationGracePeriodSeconds: drainSeconds + ENVOY_DRAIN_SECONDS + 15,
});

/** Names by which external-dns makes records for a Service's load balancer. */
export function recordAnnotation(hosts: readonly string[]): Readonly<Record<string, string>> {
  if (hosts.length === 0) return {};
  return { "external-dns.alpha.kubernetes.io/hostname": [...new Set(hosts)].sort().join(",") };
}

/** Where a gateway tells whether it is ready: a port of a Gateway is open only once there is one. */
export const HEALTH = { port: "15021", path: "/healthz/ready" } as const;

export interface GatewaySettings {
  readonly name: string;
  /** Of the label `istio`. */
  readonly role: string;
  readonly replicas: ReplicaRange;
  /** Values beside those of a Service. */
  readonly values?: ChartValues;
  readonly service?: ChartValues;
  /** What tells when connections end; the NLB is the Service's own. @default nlb */
  readonly loadBalancer?: LoadBalancerKind;
  /** @default internal */
  readonly scheme?: "internal" | "internet-facing";
  /** Of the Service, in addition to the NLB's. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What is between it and its callers (Istio, ProxyConfig, `gatewayTopology`). */
  readonly topology?: ChartValues;
}

/** Values of the gateway chart. Its schema is closed. */
export function gatewayValues(settings: GatewaySettings): ChartValues {
  const { name, role, replicas, values = {}, service = {}, annotations = {}, topology } = settings;
  const { loadBalancer = "nlb", scheme = "internal" } = settings;
  const drainSeconds = DEFAULT_DRAIN_SECONDS[loadBalancer];
  return {
    name,
    labels: { istio: role },
    autoscaling: { enabled: true, minReplicas: replicas.min, maxReplicas: replicas.max },
    podDisruptionBudget: { minAvailable: 1 },
    topologySpreadConstraints: spreadOverZones({ istio: role }),
    ...gatewayEnd(drainSeconds, topology),
    ...values,
    service: {
      ...(loadBalancer === "nlb" && networkLoadBalancer(scheme, drainSeconds, annotations)),
      ...service,
    },
  };
}

function networkLoadBalancer(
  scheme: string,
  drainSeconds: number,
  annotations: Readonly<Record<string, string>>,
): ChartValues {
  return {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-scheme": scheme,
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      // A zone without a gateway pod would answer nothing.
      "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": `${DEREGISTRATION_DELAY}=${deregistrationDelaySeconds(drainSeconds)}`,
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "HTTP",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": HEALTH.port,
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path": HEALTH.path,
      ...annotations,
    },
  };
}
