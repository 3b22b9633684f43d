import type { SwitchName } from "./switches";

/** Two positions that cannot be in one target. */
export interface RefusedPair {
  readonly pair: readonly [Position, Position];
  /** What each message says. Null: it can't be written, the first is a part of what is off. */
  readonly says: RegExp | null;
  /** Where the reason is from; read there, and not in the checks. */
  readonly source: string;
}

export type Position = readonly [SwitchName, string];

const each = (
  name: SwitchName,
  positions: readonly string[],
  others: readonly Position[],
  says: RegExp | null,
  source: string,
): RefusedPair[] =>
  positions.flatMap((position) => others.map((other) => ({ pair: [[name, position], other], says, source })));

const OVERLAY: readonly Position[] = [["cni", "cilium-overlay"]];
const NO_STORE: readonly Position[] = [
  ["secrets", "off"],
  ["secrets", "csi"],
];

/**
 * What does not go together, read off upstream's pages and charts a second time: the tests compare it with what the
 * checks and the matrix of src/releases refuse, in both directions. docs/chart-traps.md has versions and paths.
 */
export const refusedPairs: readonly RefusedPair[] = [
  ...each(
    "mesh",
    ["sidecars", "gateway", "private-ca"],
    OVERLAY,
    /no route to pod addresses of an overlay/,
    "istio/istio 1.29.6, istio-discovery/templates/deployment.yaml: istiod has no key for the host network",
  ),
  ...each(
    "mesh",
    ["ambient"],
    OVERLAY,
    /reaches no pod of an overlay|BPF masquerading rewrites/,
    "istio/istio 1.29.6: istiod's webhooks; cilium/cilium#36022: no BPF masquerading, which an overlay has",
  ),
  ...each(
    "nginx",
    ["on"],
    OVERLAY,
    /an overlay has none/,
    "AWS Load Balancer Controller, guide/service/nlb: target type ip needs pods with addresses of the VPC",
  ),
  ...each(
    "containerInsights",
    ["on", "metrics"],
    OVERLAY,
    /reaches no pod of the overlay/,
    "aws-observability/helm-charts 6.4.0: the add-on's webhook has no key for the host network",
  ),
  ...each(
    "identity",
    ["cilium"],
    [
      ["cni", "cilium-chaining"],
      ["cni", "vpc-cni"],
    ],
    /moves packets past it/,
    "Cilium, Mutual Authentication: Cilium's own data plane holds packets back until both sides are known",
  ),
  ...each(
    "nodeLocalDns",
    ["on"],
    [["cni", "cilium-chaining"]],
    /has no way to the cache/,
    "Cilium, Local Redirect Policy, Prerequisites: the replacement of kube-proxy",
  ),
  ...each(
    "nodeLocalDns",
    ["on"],
    [["cni", "vpc-cni"]],
    /takes lookups by iptables/,
    "kubernetes.io, Using NodeLocal DNSCache: by mode of kube-proxy, which is nftables by default",
  ),
  ...each(
    "bgp",
    ["services"],
    [
      ["cni", "cilium-chaining"],
      ["cni", "vpc-cni"],
    ],
    /is not a known key/,
    "Cilium, AWS VPC CNI plugin: with chaining, addresses and services are not Cilium's",
  ),
  ...each(
    "egressGateway",
    ["on"],
    [
      ["cni", "cilium-eni"],
      ["cni", "cilium-chaining"],
      ["cni", "vpc-cni"],
    ],
    /is not a known key/,
    "Cilium, Egress Gateway, Prerequisites: BPF masquerading, which only an overlay has",
  ),
  ...each(
    "verticalPodAutoscaler",
    ["recommend", "act"],
    [["metricsServer", "off"]],
    /without the metrics server/,
    "VPA: the recommender reads the metrics API",
  ),
  ...each("dns", ["on"], [["ingress", "off"]], null, "ingress.dns is a part of ingress"),
  ...each("certificates", ["on"], [["ingress", "off"]], null, "ingress.certificates is a part of ingress"),
  ...each("nginx", ["on"], [["ingress", "off"]], null, "ingress.nginx is a part of ingress"),
  ...each(
    "certificates",
    ["on"],
    [["dns", "off"]],
    /by a record in its zone/,
    "cert-manager, DNS01: the challenge is a record, which the controller writes into a zone",
  ),
  ...each(
    "logShipper",
    ["on"],
    [["containerInsights", "on"]],
    /would ship every log a second time/,
    "EKS User Guide, CloudWatch Observability: the add-on brings Fluent Bit, and two would ship each log twice",
  ),
  ...each(
    "prometheus",
    ["grafana"],
    NO_STORE,
    /is not a store/,
    "grafana-community/helm-charts, values.yaml: admin.existingSecret, since a made-up password differs at each rendering",
  ),
  ...each(
    "gitops",
    ["full"],
    [["ingress", "off"]],
    /leads nowhere: nothing of the target answers to it/,
    "argoproj/argo-cd docs/operator-manual/user-management: the provider sends users back to the host",
  ),
  ...each(
    "gitops",
    ["full"],
    NO_STORE,
    /is not a store/,
    "a client's credentials in values would be in the state: they come from a store",
  ),
  ...each(
    "mesh",
    ["gateway"],
    [["ingress", "off"]],
    /needs the AWS Load Balancer Controller/,
    "istio/istio 1.29.6, charts/gateway, values.yaml: service.loadBalancerClass, which the controller answers",
  ),
  ...each(
    "mesh",
    ["cilium"],
    [
      ["cni", "cilium-chaining"],
      ["cni", "vpc-cni"],
    ],
    /leaves to kube-proxy/,
    "Cilium, Load-balancing & Service Discovery: global services are those of Cilium's own load balancing",
  ),
  ...each(
    "mesh",
    ["cilium"],
    [["identity", "cilium"]],
    /identities of its own cluster only/,
    "Cilium, Mutual Authentication, Limitations: not with Cluster Mesh",
  ),
  ...each(
    "mesh",
    ["cilium"],
    [["certificates", "off"]],
    /needs cert-manager|needs the AWS Load Balancer Controller/,
    "cert-manager and the controller of load balancers come with ingress, which is off as well",
  ),
  ...each(
    "mesh",
    ["private-ca"],
    [["certificates", "off"]],
    /needs cert-manager/,
    "cert-manager/aws-privateca-issuer: an issuer of cert-manager",
  ),
];
