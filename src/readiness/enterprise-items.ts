import { counted } from "../text/counted";
import { at } from "../values/value";
import {
  brokenRules,
  byDecision,
  capacity,
  chart,
  found,
  type Item,
  lines,
  met,
  notMet,
  place,
} from "./item";
import { cniEvidence } from "./address-items";
import { replacesKubeProxy } from "./networking-items";

const item = (asks: string, judge: Item["judge"]) => ({ asks, judge });

/** The enterprise checklist, from the VPC up. */
const items = [
  item(
    "VPC: pods have subnets of their own, nothing overlaps with on-premises ranges, each zone has a NAT gateway.",
    (facts) => {
      const { subnets, egress, connections } = facts.target.config.network;
      const { kind } = facts.target.config.cni;
      const missing = [
        ...(subnets.pods === undefined && kind !== "cilium-overlay" ? ["pods share the nodes' subnets"] : []),
        ...(egress.kind === "nat-single" ? ["one NAT gateway for all zones"] : []),
      ];
      const evidence = lines(facts, "network.subnets.pods", "network.egress", "network.connections", "cni");
      if (missing.length > 0) return notMet(missing.join("; "), ...evidence);
      const overlap =
        connections.onPremises === undefined
          ? "no on-premises ranges are named"
          : "overlaps are refused by the configuration";
      return met(
        `${egress.kind === "none" ? "no NAT, by design" : "a NAT gateway in each zone"}; ${overlap}`,
        ...evidence,
      );
    },
  ),
  item("Subnets carry the tags by which load balancers find them.", (facts) => {
    const tagged = found(facts, "aws_subnet", ({ attributes }) =>
      ["kubernetes.io/role/elb", "kubernetes.io/role/internal-elb"].some(
        (tag) => at(attributes, "tags", tag) !== undefined,
      ),
    );
    return tagged.length > 0 ? met("role tags", ...tagged.map(place)) : notMet("no subnet has a role tag");
  }),
  item(
    "The VPC CNI has prefix delegation and custom networking, or another CNI does what these do.",
    (facts) => {
      const { cni, network } = facts.target.config;
      const evidence = lines(facts, "cni", "network.subnets.pods");
      if (cni.kind === "cilium-overlay")
        return met("the overlay takes no VPC addresses for pods", ...evidence);
      const prefixes = cni.kind === "cilium-eni" ? cni.prefixDelegation : cni.addressMode === "prefix";
      const apart = network.subnets.pods !== undefined;
      const missing = [
        ...(prefixes ? [] : ["no prefixes"]),
        ...(apart ? [] : ["pods share the nodes' subnets"]),
      ];
      return missing.length > 0
        ? notMet(missing.join("; "), ...evidence)
        : met("prefixes, from subnets of the pods' own", ...evidence);
    },
  ),
  item(
    "The public API endpoint admits only bastion and VPN ranges, and the private one is on.",
    (facts) =>
      brokenRules(facts, "EKS-ENDPOINT-WORLD", "EKS-ENDPOINT-PRIVATE") ??
      met(
        facts.target.config.cluster.endpoint.kind,
        ...lines(facts, "cluster.endpoint"),
        ...found(facts, "aws_eks_cluster").map(place),
      ),
  ),
  item("Workloads that reach AWS databases and the like have security groups of their own.", (facts) => {
    const policies = found(facts, "k8s:SecurityGroupPolicy");
    if (policies.length > 0) return met("by SecurityGroupPolicy", ...policies.map(place));
    return byDecision(
      facts,
      "pod-security-groups",
      "which workloads reach managed services, and what admits them there",
    );
  }),
  item("Production namespaces deny by default.", (facts) => {
    const namespaces = found(facts, "k8s:Namespace");
    if (namespaces.length === 0) return notMet("the target makes no namespaces and no policies");
    return (
      brokenRules(facts, "K8S-DEFAULT-DENY") ??
      met("every namespace that is made here", ...namespaces.map(place))
    );
  }),
  item("CoreDNS has two replicas or more, and stub zones for internal names.", (facts) => {
    const [addon] = found(facts, "aws_eks_addon", ({ attributes }) => attributes.addon_name === "coredns");
    if (addon === undefined) return notMet("the add-on is not managed");
    const { configuration } = addon.attributes;
    const replicas = Number(
      at(configuration, "replicaCount") ?? at(configuration, "autoScaling", "minReplicas") ?? 0,
    );
    if (replicas < 2) return notMet(counted(replicas, "replica"), place(addon));
    if (at(configuration, "corefile") !== undefined)
      return met(`${replicas} replicas, a Corefile of its own`, place(addon));
    const zones = byDecision(
      facts,
      "private-zones",
      `${replicas} replicas; which internal names need a stub zone, or that none does`,
    );
    return { ...zones, evidence: [...zones.evidence, place(addon)] };
  }),
  item(
    "The AWS Load Balancer Controller has an identity of its own, and load balancers target pods.",
    (facts) => {
      const controller = chart(facts, "aws-load-balancer-controller");
      if (controller === undefined) return notMet("it is not installed");
      const target = at(controller.attributes, "values", "defaultTargetType");
      return target === "ip"
        ? met("defaultTargetType is ip", place(controller))
        : notMet("defaultTargetType is not ip", place(controller));
    },
  ),
  item("VPC flow logs of all traffic go to S3, with queries to read them.", (facts) => {
    const logs = found(facts, "aws_flow_log");
    const broken = brokenRules(facts, "NET-FLOW-LOGS", "NET-FLOW-LOGS-ALL");
    if (broken !== undefined) return broken;
    const toS3 = logs.filter(({ attributes }) => attributes.log_destination_type === "s3");
    const queries = [...found(facts, "aws_athena_named_query"), ...found(facts, "aws_athena_workgroup")];
    if (toS3.length > 0 && queries.length > 0)
      return met("to S3, read with Athena", ...toS3.map(place), ...queries.map(place));
    if (toS3.length > 0) return notMet("to S3, and there are no queries", ...toS3.map(place));
    return notMet(
      "of all traffic, to CloudWatch Logs and not to S3",
      ...logs.map(place),
      ...lines(facts, "network.flowLogs"),
    );
  }),
  item("A mesh enforces mutual TLS between services.", (facts) => {
    const policies = found(facts, "k8s:PeerAuthentication");
    if (policies.length === 0) return notMet("there is no mesh");
    return (
      brokenRules(facts, "K8S-MESH-MTLS", "HELM-PROTECTION-OFF") ?? met("mode STRICT", ...policies.map(place))
    );
  }),
  item(
    "kube-proxy scales with the Services: IPVS above a hundred, Cilium in its place above five hundred.",
    (facts) => {
      const { cni } = facts.target.config;
      if (replacesKubeProxy(facts))
        return met("Cilium takes its place", ...cniEvidence(facts), ...lines(facts, "cni"));
      if ("kubeProxy" in cni && cni.kubeProxy.kind === "nftables")
        return met(
          "nftables, which finds a Service as fast as IPVS does",
          ...lines(facts, "cni.kubeProxy", "cni"),
        );
      return byDecision(facts, "kube-proxy", "how many Services there will be, and which mode takes them");
    },
  ),
  item("Network ACLs stand behind the security groups of the cluster's subnets.", (facts) => {
    const own = [...found(facts, "aws_network_acl"), ...found(facts, "aws_network_acl_rule")];
    if (own.length > 0)
      return (
        brokenRules(facts, "NET-NACL-ADMIN-PORT") ??
        met(counted(own.length, "resource"), ...own.slice(0, 3).map(place))
      );
    return byDecision(
      facts,
      "network-acls",
      "the VPC's default ACL lets everything through: whether that is meant",
    );
  }),
  item("Clusters with more than 29 pods per node have prefix delegation.", (facts) => {
    const wrong = capacity(facts).problems.find(
      ({ code }) => code === "density-too-low" || code === "mode-impossible",
    );
    return wrong === undefined
      ? met(
          "every group takes the pods that are planned for it",
          ...lines(facts, "cni"),
          ...found(facts, "aws_launch_template").map(place),
        )
      : notMet(wrong.message, ...lines(facts, "cni"));
  }),
  item("Whether the cluster is to use IPv6 has been considered.", (facts) =>
    byDecision(facts, "ipv6", "the family of a cluster can't be changed later: whether IPv4 is meant"),
  ),
];

export const enterpriseItems: readonly Item[] = items.map((each, index) => ({
  ...each,
  list: "enterprise",
  group: "Enterprise networking",
  number: index + 1,
}));
