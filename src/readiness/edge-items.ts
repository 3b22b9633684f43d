import { counted } from "../text/counted";
import { at, isTrue } from "../values/value";
import { cniEvidence } from "./address-items";
import {
  brokenRules,
  byDecision,
  chart,
  found,
  lines,
  met,
  notDecidable,
  notMet,
  place,
  type Item,
} from "./item";

const item = (group: string, asks: string, judge: Item["judge"]) => ({ group, asks, judge });
const SECURITY = "Security";
const EDGE = "Load balancing and DNS";

/** The networking checklist's last two groups. */
export const edgeItems = [
  item(SECURITY, "Security groups of nodes hold only what is needed.", (facts) => {
    const rules = found(facts, "aws_security_group_rule", ({ address }) => address.includes(".node["));
    return (
      brokenRules(facts, "NET-SG-WORLD-INGRESS", "NET-SG-ADMIN-PORT", "NET-SG-ALL-PORTS") ??
      met("no range of addresses is admitted to all their ports", ...rules.map(place))
    );
  }),
  item(SECURITY, "Pods have security groups of their own only where it is justified.", (facts) => {
    const policies = found(facts, "k8s:SecurityGroupPolicy");
    if (policies.length === 0) return met("none has", ...lines(facts, "cni"), ...cniEvidence(facts));
    const decision = byDecision(
      facts,
      "pod-security-groups",
      "which workloads, and why network policy is not enough",
    );
    return { ...decision, evidence: [...decision.evidence, ...policies.map(place)] };
  }),
  item(SECURITY, "Traffic tests show that network policy is enforced.", (facts) => {
    const decision = byDecision(
      facts,
      "policy-tests",
      "which test sends what must not get through, and how often",
    );
    return decision.status === "met"
      ? decision
      : notDecidable(`only traffic in a live cluster can show it: ${decision.says}`, ...cniEvidence(facts));
  }),
  item(SECURITY, "Sensitive namespaces deny by default.", (facts) => {
    const namespaces = found(facts, "k8s:Namespace");
    if (namespaces.length === 0) return notMet("the target makes no namespaces and no policies");
    return (
      brokenRules(facts, "K8S-DEFAULT-DENY") ??
      met("every namespace that is made here", ...namespaces.map(place))
    );
  }),
  item(SECURITY, "Egress is controlled by more than a NAT gateway.", (facts) => {
    const { egress } = facts.target.config.network;
    if (egress.kind === "none")
      return met("there is no way to the internet", ...lines(facts, "network.egress"));
    const firewalls = found(facts, "aws_networkfirewall_firewall");
    if (firewalls.length > 0) return met("a network firewall", ...firewalls.map(place));
    return byDecision(
      facts,
      "egress-controls",
      "what limits where pods connect: policy by name, proxy or firewall",
    );
  }),
  item(SECURITY, "There are VPC flow logs or the like.", (facts) => {
    const logs = found(facts, "aws_flow_log");
    return (
      brokenRules(facts, "NET-FLOW-LOGS") ??
      (logs.length > 0
        ? met("of all traffic", ...logs.map(place))
        : notMet("there are none", ...lines(facts, "network.flowLogs")))
    );
  }),

  item(EDGE, "Who owns public and internal load balancers is written down.", (facts) =>
    byDecision(
      facts,
      "load-balancer-owners",
      "which team makes which load balancers and is responsible for them",
    ),
  ),
  item(EDGE, "Rights and version of the AWS Load Balancer Controller are controlled.", (facts) => {
    const controller = chart(facts, "aws-load-balancer-controller");
    return controller === undefined
      ? notMet("it is not installed")
      : (brokenRules(facts, "HELM-VERSION-PIN", "IAM-ADMIN-POLICY") ??
          met("chart at the release's version, identity of its own", place(controller)));
  }),
  item(EDGE, "Which subnets a load balancer uses is deterministic.", (facts) => {
    const tagged = found(facts, "aws_subnet", ({ attributes }) =>
      ["kubernetes.io/role/elb", "kubernetes.io/role/internal-elb"].some(
        (tag) => at(attributes, "tags", tag) !== undefined,
      ),
    );
    return tagged.length > 0
      ? met("one subnet of each kind in each zone has the tag", ...tagged.map(place))
      : notMet("no subnet has a role tag");
  }),
  item(EDGE, "Health checks of target groups agree with readiness.", (facts) => {
    const services = found(facts, "k8s:Deployment");
    const decision = byDecision(
      facts,
      "load-balancer-health",
      "which path target groups request, and that it is the readiness probe's",
    );
    return decision.status === "met" ? decision : { ...decision, evidence: services.slice(0, 3).map(place) };
  }),
  item(EDGE, "CoreDNS has replicas and resources.", (facts) => {
    const [addon] = found(facts, "aws_eks_addon", ({ attributes }) => attributes.addon_name === "coredns");
    const configuration = addon?.attributes.configuration;
    const replicas = Number(
      at(configuration, "replicaCount") ?? at(configuration, "autoScaling", "minReplicas") ?? 0,
    );
    const scales = isTrue(at(configuration, "autoScaling", "enabled"));
    if (addon === undefined) return notMet("the add-on is not managed");
    if (replicas < 2 && !scales) return notMet(counted(replicas, "replica"), place(addon));
    const resources = at(configuration, "resources") !== undefined;
    return resources
      ? met(`${replicas} replicas or more, with requests`, place(addon))
      : notMet("has no requests", place(addon));
  }),
  item(EDGE, "Which private zones belong to which VPC is written down.", (facts) => {
    const zones = [...found(facts, "aws_route53_zone"), ...found(facts, "aws_route53_zone_association")];
    if (zones.length > 0) return met("as code", ...zones.map(place));
    return byDecision(
      facts,
      "private-zones",
      "which private zones the VPC is to resolve, or that there are none",
    );
  }),
  item(EDGE, "There is a runbook for DNS incidents.", (facts) =>
    byDecision(facts, "dns-incidents", "where the runbook is and whom to call"),
  ),
];
