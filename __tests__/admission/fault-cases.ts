import type { Resource } from "../../src/guardrails/resource";
import type { Target } from "../../src/model/target";
import { sample } from "../reachability/support";
import { withChartValue, withValue } from "./support";

const prod = sample("prod/us-east-1");
export const ORDERS = "Deployment payments/orders";
const REGISTRIES = "ValidatingAdmissionPolicy kube-system/octarine-image-registries";
const ONE_REGISTRY = `["333333333333.dkr.ecr.us-east-1.amazonaws.com/"].exists(r, c.image.startsWith(r))`;
export const CONTAINER = "spec.template.spec.containers.0";

export type AdmissionFault = readonly [
  name: string,
  target: Target,
  change: (resources: readonly Resource[]) => readonly Resource[],
  says: RegExp,
];

/** Faults of admission, put back by hand: what is changed in the stacks, and what is said then. */
export const admissionFaults: readonly AdmissionFault[] = [
  [
    "sidecars' image is of no registry that is allowed",
    prod,
    withValue(
      REGISTRIES,
      "spec.variables.2.expression",
      `variables.containers.filter(c, !(${ONE_REGISTRY}))`,
    ),
    /^policy: payments\/orders, ValidatingAdmissionPolicy octarine-image-registries: Pod orders: images from registries that are not allowed: docker\.io\/istio\/proxyv2:1\.\d+\.\d+, docker\.io/,
  ],
  [
    "sidecars come from a mirror that no policy knows",
    prod,
    withChartValue("istiod", "global.hub", "mirror.example.com/istio"),
    /^policy: payments\/orders, .*-image-registries: Pod orders: images from registries .* mirror\.example\.com\/istio\/proxyv2/,
  ],
  [
    "sidecars without the CNI plugin in a restricted namespace",
    prod,
    withChartValue("istiod", "cni.enabled", false),
    /^Pod Security: payments\/orders, Namespace payments: container istio-init adds the capability NET_ADMIN \(restricted, v1\.35\)/,
  ],
  [
    "privileged sidecars",
    prod,
    withChartValue("istiod", "global.proxy.privileged", true),
    /^Pod Security: payments\/orders, Namespace payments: container istio-proxy is privileged/,
  ],
  [
    "limits below what a sidecar may use",
    prod,
    withValue("LimitRange payments/container-limits", "spec.limits.0.max", { memory: "768Mi" }),
    /^limits: payments\/orders, LimitRange payments\/container-limits: container istio-proxy has a limit of 1024Mi for memory, more than 768Mi/,
  ],
  [
    "limits of CPU below what a sidecar may use",
    prod,
    withValue("LimitRange payments/container-limits", "spec.limits.0.max", { cpu: "1" }),
    /container istio-proxy has a limit of 2 for cpu, more than 1/,
  ],
  [
    "a quota that has room for replicas alone, and not for their sidecars",
    prod,
    withValue("ResourceQuota payments/quota", "spec.hard", { pods: "100", "requests.cpu": "8" }),
    /^quota: payments, ResourceQuota payments\/quota: requests\.cpu is 8, its pods can ask for [\d.]+ \(.*orders \d/,
  ],
  [
    "a quota that counts limits of CPU, which no container of services has",
    prod,
    withValue("ResourceQuota payments/quota", "spec.hard", { "limits.cpu": "100" }),
    /^quota: payments\/orders, ResourceQuota payments\/quota: orders must say limits\.cpu, which it counts/,
  ],
  [
    "a service that runs as root",
    prod,
    withValue(ORDERS, "spec.template.spec.securityContext.runAsUser", 0),
    /^Pod Security: payments\/orders, Namespace payments: pod runs as user 0/,
  ],
  [
    "a service with a path of the node",
    prod,
    withValue(ORDERS, "spec.template.spec.volumes.0", { name: "tmp", hostPath: { path: "/tmp" } }),
    /volume tmp is of kind hostPath/,
  ],
  [
    "a service without a readiness probe",
    prod,
    withValue(ORDERS, `${CONTAINER}.readinessProbe`, undefined),
    /^policy: payments\/orders, ValidatingAdmissionPolicy octarine-readiness-probes: Deployment orders: containers without a readiness probe: orders; set readinessProbe/,
  ],
  [
    "a service with the tag latest",
    prod,
    withValue(ORDERS, `${CONTAINER}.image`, "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:latest"),
    /octarine-image-tags: Deployment orders: images without a fixed version: .*:latest/,
  ],
  [
    "a service that asks for nothing",
    prod,
    withValue(ORDERS, `${CONTAINER}.resources`, {}),
    /octarine-resource-requests: Deployment orders: containers that do not ask for CPU and memory: orders/,
  ],
];
