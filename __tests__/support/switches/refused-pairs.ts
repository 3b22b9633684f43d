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
 * What does not go together, read off the references and FACTS.md a second time: the tests compare it with what the
 * checks and the matrix of src/releases refuse, in both directions.
 */
export const refusedPairs: readonly RefusedPair[] = [
  ...each(
    "mesh",
    ["sidecars", "gateway", "private-ca"],
    OVERLAY,
    /no route to pod addresses of an overlay/,
    "FACTS 2.1: istiod has no key for the host network",
  ),
  ...each(
    "mesh",
    ["ambient"],
    OVERLAY,
    /reaches no pod of an overlay|BPF masquerading rewrites/,
    "FACTS 2.1: istiod's webhooks; FACTS 2.9: no BPF masquerading, which an overlay has",
  ),
  ...each("nginx", ["on"], OVERLAY, /an overlay has none/, "FACTS 2.1; seed 004, section 13: target type ip"),
  ...each(
    "containerInsights",
    ["on", "metrics"],
    OVERLAY,
    /reaches no pod of the overlay/,
    "FACTS 2.1: the add-on's webhook has no key for the host network",
  ),
  ...each(
    "identity",
    ["cilium"],
    [
      ["cni", "cilium-chaining"],
      ["cni", "vpc-cni"],
    ],
    /moves packets past it/,
    "FACTS 3, mutual auth and chaining: Cilium needs its own data plane",
  ),
  ...each(
    "nodeLocalDns",
    ["on"],
    [["cni", "cilium-chaining"]],
    /has no way to the cache/,
    "FACTS 3, node-local DNS: a local redirect, which needs the replacement of kube-proxy",
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
    "FACTS 3, chaining: addresses and services are not Cilium's",
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
    "FACTS 3, egress gateway: BPF masquerading, which only an overlay has; chaining: none",
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
    "issue 5: cert-manager with DNS-01, which writes to a zone",
  ),
  ...each(
    "logShipper",
    ["on"],
    [["containerInsights", "on"]],
    /would ship every log a second time/,
    "FACTS 2.13; issue 5: one log shipper and not two",
  ),
  ...each(
    "prometheus",
    ["grafana"],
    NO_STORE,
    /is not a store/,
    "FACTS 2.5: Grafana's password by existingSecret",
  ),
  ...each(
    "gitops",
    ["full"],
    [["ingress", "off"]],
    /leads nowhere: nothing of the target answers to it/,
    "argoproj/argo-cd docs/operator-manual/user-management: the provider sends users back to the host",
  ),
  ...each("gitops", ["full"], NO_STORE, /is not a store/, "seed 004, section 14: credentials are no values"),
  ...each(
    "mesh",
    ["gateway"],
    [["ingress", "off"]],
    /needs the AWS Load Balancer Controller/,
    "FACTS 4, istio gateway: service.loadBalancerClass",
  ),
  ...each(
    "mesh",
    ["cilium"],
    [
      ["cni", "cilium-chaining"],
      ["cni", "vpc-cni"],
    ],
    /leaves to kube-proxy/,
    "FACTS 3, kube-proxy: global services are those of Cilium's own load balancing",
  ),
  ...each(
    "mesh",
    ["cilium"],
    [["identity", "cilium"]],
    /identities of its own cluster only/,
    "FACTS 3, mutual auth: not supported together upstream",
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
