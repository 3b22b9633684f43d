import type { Finding } from "../model/change";
import { say, words } from "../model/phrase";
import { field, sameJson, text } from "../../terraform-plan/json";
import { chainedCni, ciliumFindings, lostCni, vpcCniFindings } from "./cni-rules";
import { karpenterFindings } from "./karpenter-rules";
import { lostObjects, manifestFindings } from "./manifest-rules";
import { chartOf, everyNode, manifestsOf, valuesOf, type VersionStep, versionStep } from "./release-values";
import { finding, findingOf, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, nameOf } from "./surroundings";
import { isDowngrade } from "./versions";

/** Add-ons of EKS that run on every node, and what restarts with them. */
const NODE_ADDONS: ReadonlyMap<string, string> = new Map([
  ["kube-proxy", "kube-proxy"],
  ["eks-pod-identity-agent", "the Pod Identity agent"],
  ["aws-ebs-csi-driver", "the EBS CSI driver"],
  ["aws-efs-csi-driver", "the EFS CSI driver"],
  ["eks-node-monitoring-agent", "the node monitoring agent"],
]);

const ADDON_GONE = "EKS deletes what the add-on runs, and whatever needs it stops.";

export const addonRule: Rule = (change, around) => {
  if (change.type !== "aws_eks_addon") return [];
  const name =
    text(field(change.before, "addon_name")) ?? text(field(change.after, "addon_name")) ?? nameOf(change);
  const isCni = name === "vpc-cni";
  if (isLost(change)) {
    // With `preserve`, EKS stops managing it and leaves what runs.
    const kept = field(change.before, "preserve") === true && change.action === "delete";
    const details = kept ? [words("preserve is on: what runs in the cluster stays, unmanaged")] : [];
    const what = say`the add-on ${name}`;
    if (isCni) return lostCni(change, around, what, details);
    return [finding("DELETED", say`${words(losing(change))} ${what}`, { details, why: ADDON_GONE })];
  }
  if (change.action !== "update") return [];
  const version = versionStep(change, "addon_version");
  const values = !sameJson(
    field(change.before, "configuration_values"),
    field(change.after, "configuration_values"),
  );
  if (version === undefined && !values) return [];
  const details = [
    ...(version === undefined ? [] : [version.said]),
    ...(values ? [words("its configuration values")] : []),
  ];
  if (isCni) return vpcCniFindings(change, around, details);
  const agent = NODE_ADDONS.get(name);
  if (agent === undefined)
    return [finding("ADDON-CHANGED", say`rolls the pods of the add-on ${name}`, { details })];
  return [
    finding("NODE-AGENT-RESTART", say`restarts ${words(agent)} on ${everyNode(change, around)}`, { details }),
  ];
};

/** Helm releases: the CNI, manifests of our own chart, and every other chart. */
export const helmRule: Rule = (change, around) => {
  if (change.type !== "helm_release") return [];
  const isCilium = chartOf(change) === "cilium";
  const name = nameOf(change);
  if (isLost(change)) {
    const what = say`the Helm release ${name}`;
    if (isCilium) return lostCni(change, around, what, []);
    const gone = manifestsOf(change.before);
    const says = words(losing(change));
    return [
      findingOf("HELM-LOST", { says, noun: "Helm release", subject: name }),
      ...(change.action === "delete" ? karpenterFindings(change) : []),
      ...lostObjects([...gone.values()]),
    ];
  }
  if (isCilium && change.action === "create") return chainedCni(change, around);
  if (change.action !== "update") return [];
  const version = versionStep(change, "version");
  const values = isUnknownAt(change, "values") || !sameJson(valuesOf(change.before), valuesOf(change.after));
  const sets = ["set", "set_sensitive", "set_list"].some(
    (key) => !sameJson(field(change.before, key), field(change.after, key)),
  );
  if (isCilium)
    return [...downgrade(name, version), ...ciliumFindings(change, around, version, values || sets)];
  const nodes = karpenterFindings(change);
  return [
    ...upgrade(name, version),
    ...nodes,
    ...manifestFindings(change, name),
    ...((values || sets) && version === undefined && manifestsOf(change.after).size === 0
      ? [valuesFinding(name)]
      : []),
  ];
};

function upgrade(name: string, version: VersionStep | undefined): Finding[] {
  if (version === undefined) return [];
  const back = downgrade(name, version);
  if (back.length > 0) return back;
  return [
    finding("HELM-UPGRADE", say`upgrades the chart of ${name}`, {
      details: [version.said],
      alike: { says: words("upgrades"), noun: "chart", subject: name, line: say`${name} ${version.said}` },
    }),
  ];
}

function downgrade(name: string, version: VersionStep | undefined): Finding[] {
  if (version?.to === undefined || !isDowngrade(version.from, version.to)) return [];
  const after = say`from ${version.from} to ${version.to}`;
  return [
    finding("HELM-DOWNGRADE", say`downgrades the chart of ${name} ${after}`, {
      alike: { says: words("downgrades"), noun: "chart", subject: name, after },
    }),
  ];
}

function valuesFinding(name: string): Finding {
  return finding("HELM-UPGRADE", say`changes values of the Helm release ${name}`, {
    impact: "routine",
    couldBe: "disruption",
    doubt: words("what restarts is up to the chart: the differences are below"),
  });
}
