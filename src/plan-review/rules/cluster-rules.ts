import { counted, listed, type Phrase, say, words } from "../model/phrase";
import { at, field, items, sameJson, text, texts } from "../../terraform-plan/json";
import type { Finding } from "../model/change";
import { principalName } from "./names";
import { isAnywhere } from "./peers";
import type { PlannedChange } from "../read/plan";
import { finding, isLost, losing, type Rule } from "./rule";
import { nameOf, pair, type Surroundings } from "./surroundings";
import { isDowngrade } from "./versions";

/** The control plane: its life, version, endpoint, logs and protection. */
export const clusterRule: Rule = (change, around) => {
  if (change.type !== "aws_eks_cluster") return [];
  const name = nameOf(change);
  if (isLost(change)) {
    const lost = finding("EKS-CLUSTER-LOST", say`${words(losing(change))} the cluster ${name}`, {
      details: nodesOfCluster(change, around),
    });
    return change.action === "delete"
      ? [lost]
      : [lost, ...endpointFindings(name, change.before, change.after)];
  }
  if (change.action === "create")
    return isAnywherePublic(change.after) ? [openedEndpoint(name, null, change.after)] : [];
  if (change.action !== "update") return [];
  return [
    ...versionFindings(change.before, change.after),
    ...endpointFindings(name, change.before, change.after),
    ...loggingFindings(change.before, change.after),
    ...protectionFindings(change.before, change.after),
  ];
};

function nodesOfCluster(cluster: PlannedChange, around: Surroundings): Phrase[] {
  const nodes = around.nodesBeside(cluster);
  return nodes === undefined
    ? []
    : [say`with it go ${counted(nodes, "node")} of node groups, Karpenter's nodes and every pod`];
}

type Values = Parameters<typeof field>[0];

function versionFindings(before: Values, after: Values): Finding[] {
  const [old, now] = [text(field(before, "version")), text(field(after, "version"))];
  if (old === undefined || now === undefined || old === now) return [];
  const steps = minorOf(now) - minorOf(old);
  const verb = words(isDowngrade(old, now) ? "rolls Kubernetes back" : "upgrades Kubernetes");
  return [finding("EKS-VERSION", say`${verb} from ${old} to ${now}`, { details: stepNote(steps) })];
}

/** docs.aws.amazon.com/eks/latest/userguide: update-cluster.html and rollback-cluster.html. */
function stepNote(steps: number): Phrase[] {
  if (steps > 1)
    return [
      words(
        `EKS upgrades by one minor version at a time, and this is ${steps}: AWS refuses it; go step by step`,
      ),
    ];
  if (steps < -1)
    return [words("EKS goes back by one minor version, within seven days of an upgrade: AWS refuses this")];
  if (steps === -1)
    return [
      words(
        "EKS goes back only within seven days of the upgrade, and after nodes and add-ons have; otherwise AWS refuses it",
      ),
    ];
  return steps === 1
    ? [words("EKS can roll it back within seven days, once nodes and add-ons are back, but not later")]
    : [];
}

function minorOf(version: string): number {
  return Number(/^1\.(\d{1,3})/.exec(version)?.[1] ?? Number.NaN);
}

const VPC = ["vpc_config", 0] as const;

function endpointFindings(name: string, before: Values, after: Values): Finding[] {
  const found: Finding[] = [];
  const was = publicCidrs(before);
  const is = publicCidrs(after);
  const more = is.filter((cidr) => !was.includes(cidr));
  const fewer = was.filter((cidr) => !is.includes(cidr));
  if (more.length > 0) found.push(openedEndpoint(name, before, after));
  else if (fewer.length > 0) {
    found.push(
      finding("EKS-ENDPOINT-CLOSED", say`closes the public endpoint of ${name} to ${listed(fewer)}`),
    );
  }
  const [privateBefore, privateAfter] = [before, after].map((each) =>
    at(each, [...VPC, "endpoint_private_access"]),
  );
  if (privateBefore === true && privateAfter === false) {
    found.push(finding("EKS-ENDPOINT-CLOSED", say`turns off the private endpoint of ${name}`));
  }
  return found;
}

function openedEndpoint(name: string, before: Values, after: Values): Finding {
  const was = publicCidrs(before);
  const more = publicCidrs(after).filter((cidr) => !was.includes(cidr));
  const whom = more.some(isAnywhere) ? say`the whole internet (${listed(more)})` : listed(more);
  return finding("EKS-ENDPOINT", say`opens the Kubernetes API of ${name} to ${whom}`);
}

/** Whom the public endpoint lets in; nobody while it is off. AWS lets in everybody where no range is given. */
function publicCidrs(values: Values): string[] {
  if (at(values, [...VPC, "endpoint_public_access"]) !== true) return [];
  const cidrs = texts(at(values, [...VPC, "public_access_cidrs"]));
  return cidrs.length === 0 ? ["0.0.0.0/0"] : cidrs;
}

function isAnywherePublic(values: Values): boolean {
  return publicCidrs(values).some(isAnywhere);
}

function loggingFindings(before: Values, after: Values): Finding[] {
  const is = texts(field(after, "enabled_cluster_log_types"));
  const off = texts(field(before, "enabled_cluster_log_types")).filter((kind) => !is.includes(kind));
  return off.length === 0
    ? []
    : [finding("EKS-LOGGING", say`turns off the control plane logs ${listed(off)}`)];
}

function protectionFindings(before: Values, after: Values): Finding[] {
  const found: Finding[] = [];
  if (field(before, "deletion_protection") === true && field(after, "deletion_protection") !== true) {
    found.push(finding("EKS-PROTECTION", words("turns off the cluster's deletion protection")));
  }
  const [had, has] = [before, after].map((each) => items(field(each, "encryption_config")));
  if (had !== undefined && has !== undefined && had.length > 0 && has.length === 0) {
    found.push(
      finding("EKS-CLUSTER-LOST", words("removes the encryption of Secrets, which replaces the cluster"), {
        impact: "may-replace",
        couldBe: "irreversible",
        doubt: words("the AWS provider plans a replacement for this, and this plan is an update"),
      }),
    );
  }
  return found;
}

/** Who may do what in the cluster. */
export const accessRule: Rule = (change, around) => {
  const isPolicy = change.type === "aws_eks_access_policy_association";
  if (!isPolicy && change.type !== "aws_eks_access_entry") return [];
  const { before, after } = pair(change, "principal_arn");
  const arn = text(after) ?? text(before);
  const who = arn === undefined ? "a principal known after apply" : principalName(arn, undefined);
  if (change.action === "delete") {
    if (!isPolicy || !keepsPolicy(change, arn, around))
      return [finding("EKS-ACCESS-LOST", say`takes access from ${who}`)];
    const what = say`takes ${policyName(change.before)} from ${who}, who has another policy`;
    return [
      finding("EKS-ACCESS-LOST", what, { why: "What only that policy allowed is refused from then on." }),
    ];
  }
  const withNewCluster = around.isOfNewCluster(change);
  if (change.action === "update" && !isPolicy) {
    const groups = pair(change, "kubernetes_groups");
    if (sameJson(groups.before, groups.after)) return [];
    const more = texts(groups.after).filter((group) => !texts(groups.before).includes(group));
    return more.length === 0
      ? [finding("EKS-ACCESS-LOST", say`takes ${who} out of Kubernetes groups`)]
      : [finding("EKS-ACCESS", say`puts ${who} into the Kubernetes groups ${listed(more)}`)];
  }
  const granted = ["principal_arn", "policy_arn", "access_scope", "kubernetes_groups"];
  if (
    change.action === "replace" &&
    granted.every((key) => sameJson(pair(change, key).before, pair(change, key).after))
  ) {
    return [finding("EKS-ACCESS-LOST", say`takes access from ${who} until it is made again`)];
  }
  if (withNewCluster || !["create", "replace"].includes(change.action)) return [];
  if (!isPolicy) {
    // What the entry is for is said by its policies.
    const groups = texts(field(change.after, "kubernetes_groups"));
    if (groups.length === 0 && isGivenPolicy(change, arn, around)) return [];
    const inGroups =
      groups.length === 0 ? [] : say` and puts it into the Kubernetes groups ${listed(groups)}`;
    return [finding("EKS-ACCESS", say`gives ${who} an access entry${inGroups}`)];
  }
  const policy = policyName(change.after);
  const scope = field(items(field(change.after, "access_scope"))[0], "namespaces");
  const where =
    texts(scope).length > 0 ? say`in the namespaces ${listed(texts(scope))}` : words("in the whole cluster");
  return [finding("EKS-ACCESS", say`gives ${who} ${policy} ${where}`)];
};

function isGivenPolicy(change: PlannedChange, principal: string | undefined, around: Surroundings): boolean {
  return around
    .beside(change, "aws_eks_access_policy_association")
    .some(
      ({ action, after }) =>
        (action === "create" || action === "replace") && field(after, "principal_arn") === principal,
    );
}

/** Whether the principal of a policy that goes has another one in the cluster, old or new. */
function keepsPolicy(change: PlannedChange, principal: string | undefined, around: Surroundings): boolean {
  return around
    .beside(change, "aws_eks_access_policy_association")
    .some(
      (each) =>
        !["delete", "forget"].includes(each.action) &&
        principal !== undefined &&
        field(each.after, "principal_arn") === principal &&
        sameJson(field(each.after, "cluster_name"), field(change.before, "cluster_name")),
    );
}

function policyName(values: Values): string {
  return text(field(values, "policy_arn"))?.replace(/^.*cluster-access-policy\//, "") ?? "a policy";
}
