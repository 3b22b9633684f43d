import type { Finding } from "../model/change";
import { parseValues } from "../diff/documents";
import { counted, listed, type Phrase, say, words } from "../model/phrase";
import { at, field, fields, isObject, items, type Json, sameJson, text, texts } from "../read/json";
import type { PlannedChange } from "../read/plan";
import { finding, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, nameOf, type Surroundings } from "./surroundings";

/** Add-ons of EKS that run on every node, and what restarts with them. */
const NODE_ADDONS: ReadonlyMap<string, string> = new Map([
  ["kube-proxy", "kube-proxy"],
  ["eks-pod-identity-agent", "the Pod Identity agent"],
  ["aws-ebs-csi-driver", "the EBS CSI driver"],
  ["aws-efs-csi-driver", "the EFS CSI driver"],
  ["eks-node-monitoring-agent", "the node monitoring agent"],
]);

export const addonRule: Rule = (change, around) => {
  if (change.type !== "aws_eks_addon") return [];
  const name =
    text(field(change.before, "addon_name")) ?? text(field(change.after, "addon_name")) ?? nameOf(change);
  const isCni = name === "vpc-cni";
  if (isLost(change)) {
    // With `preserve`, EKS stops managing it and leaves what runs.
    const kept = field(change.before, "preserve") === true && change.action === "delete";
    const details = kept ? [words("preserve is on: what runs in the cluster stays, unmanaged")] : [];
    return [
      finding(isCni ? "CNI-LOST" : "DELETED", say`${words(losing(change))} the add-on ${name}`, { details }),
    ];
  }
  if (change.action !== "update") return [];
  const version = versionStep(change, "addon_version");
  const values = !sameJson(
    field(change.before, "configuration_values"),
    field(change.after, "configuration_values"),
  );
  if (version === undefined && !values) return [];
  const details = [
    ...(version === undefined ? [] : [version]),
    ...(values ? [words("its configuration values")] : []),
  ];
  if (isCni) return [cniRestart("the VPC CNI", around, { details })];
  const agent = NODE_ADDONS.get(name);
  if (agent === undefined)
    return [finding("ADDON-CHANGED", say`rolls the pods of the add-on ${name}`, { details })];
  return [finding("NODE-AGENT-RESTART", say`restarts ${words(agent)} on ${everyNode(around)}`, { details })];
};

/** Helm releases: the CNI, manifests of our own chart, and every other chart. */
export const helmRule: Rule = (change, around) => {
  if (change.type !== "helm_release") return [];
  const isCilium = chartOf(change) === "cilium";
  const name = nameOf(change);
  if (isLost(change)) {
    const gone = manifestsOf(change.before);
    return [
      finding(isCilium ? "CNI-LOST" : "HELM-LOST", say`${words(losing(change))} the Helm release ${name}`),
      ...lostObjects([...gone.values()]),
    ];
  }
  if (change.action !== "update") return [];
  const version = versionStep(change, "version");
  const values = isUnknownAt(change, "values") || !sameJson(valuesOf(change.before), valuesOf(change.after));
  const sets = ["set", "set_sensitive", "set_list"].some(
    (key) => !sameJson(field(change.before, key), field(change.after, key)),
  );
  if (isCilium) return cilium(change, around, version, values || sets);
  return [
    ...(version === undefined
      ? []
      : [finding("HELM-UPGRADE", say`upgrades the chart of ${name}`, { details: [version] })]),
    ...manifestFindings(change, name),
    ...((values || sets) && version === undefined && manifestsOf(change.after).size === 0
      ? [
          finding("HELM-UPGRADE", say`changes values of the Helm release ${name}`, {
            impact: "routine",
            couldBe: "disruption",
            doubt: words("what restarts is the chart's business: the differences are below"),
          }),
        ]
      : []),
  ];
};

/**
 * Agents restart with a new chart version. New values go to a ConfigMap, and agents restart for them only with
 * `rollOutCiliumPods` (docs.cilium.io/en/stable/configuration).
 */
function cilium(
  change: PlannedChange,
  around: Surroundings,
  version: Phrase | undefined,
  values: boolean,
): Finding[] {
  const details = version === undefined ? [] : [version];
  if (version !== undefined) return [cniRestart("Cilium", around, { details })];
  if (!values) return [];
  const rolls = at(valuesOf(change.after), ["rollOutCiliumPods"]) === true;
  return [
    cniRestart("Cilium", around, {
      details: [words("its values change: see the differences")],
      ...(!rolls && {
        doubt: words(
          "without rollOutCiliumPods agents take new values only at their next restart, unless the pod changes",
        ),
      }),
    }),
  ];
}

function cniRestart(
  name: string,
  around: Surroundings,
  extra: Pick<Finding, "details"> & { doubt?: Phrase },
): Finding {
  const verb = extra.doubt === undefined ? "restarts" : "may restart";
  return finding("CNI-RESTART", say`${words(`${verb} ${name}`)} on ${everyNode(around)}`, extra);
}

function everyNode(around: Surroundings): Phrase {
  const nodes = around.nodes();
  return nodes === undefined
    ? words("every node")
    : say`every node (${counted(nodes, "node")} in these plans)`;
}

function versionStep(change: PlannedChange, key: string): Phrase | undefined {
  const [old, now] = [text(field(change.before, key)), text(field(change.after, key))];
  if (old !== undefined && now === undefined && isUnknownAt(change, key))
    return say`from ${old} to a version known after apply`;
  return old === undefined || now === undefined || old === now ? undefined : say`${old} to ${now}`;
}

function chartOf(change: PlannedChange): string {
  const chart = text(field(change.after, "chart")) ?? text(field(change.before, "chart")) ?? "";
  return chart.replace(/\/+$/, "").replace(/^.*\//, "");
}

/** Values of the release; a list where they are in several documents, which are compared and not looked into. */
function valuesOf(values: Json): Json {
  const documents = items(field(values, "values")).map((each) => parseValues(text(each) ?? "") ?? each);
  return documents.length === 1 ? (documents[0] ?? null) : documents;
}

/** Objects of the manifests chart, by key. */
function manifestsOf(values: Json): ReadonlyMap<string, Json> {
  const all = field(valuesOf(values), "manifests");
  return new Map(fields(all).filter(([, each]) => isObject(each) && text(field(each, "kind")) !== undefined));
}

function manifestFindings(change: PlannedChange, name: string): Finding[] {
  const [before, after] = [manifestsOf(change.before), manifestsOf(change.after)];
  const title = (object: Json) =>
    `${text(field(object, "kind")) ?? "?"} ${text(at(object, ["metadata", "name"])) ?? "?"}`;
  // A key that moves is no change: the object is what the cluster knows.
  const [old, now] = [before, after].map(
    (map) => new Map([...map.values()].map((each) => [identityOf(each), each])),
  );
  if (old === undefined || now === undefined) return [];
  const made = [...now].filter(([id]) => !old.has(id)).map(([, each]) => each);
  const gone = [...old].filter(([id]) => !now.has(id)).map(([, each]) => each);
  const changed = [...now]
    .filter(([id, each]) => old.has(id) && !sameJson(old.get(id), each))
    .map(([, each]) => title(each));
  if (made.length + gone.length + changed.length === 0) return [];
  const details = [
    ...(made.length > 0 ? [say`adds ${listed(made.map(title))}`] : []),
    ...(changed.length > 0 ? [say`changes ${listed(changed)}`] : []),
    ...(gone.length > 0 ? [say`deletes ${listed(gone.map(title))}`] : []),
  ];
  const onlyMore = gone.length === 0 && changed.length === 0 && !made.some(decidesOverOthers);
  return [
    finding("MANIFESTS-CHANGED", say`changes Kubernetes objects of ${name}`, {
      details,
      ...(onlyMore && { impact: "routine" as const }),
    }),
    ...lostObjects(gone),
    ...grantsOf([...now.values()].filter((each) => !sameJson(old.get(identityOf(each)), each))),
  ];
}

/** By group and not by version: Istio's Gateway and that of the Gateway API are two kinds. */
function identityOf(object: Json): string {
  const metadata = field(object, "metadata");
  const [group = "", version] = text(field(object, "apiVersion"))?.split("/") ?? [];
  return JSON.stringify([
    version === undefined ? "" : group,
    ...[field(object, "kind"), field(metadata, "namespace"), field(metadata, "name")].map(
      (each) => each ?? null,
    ),
  ]);
}

const HOLDERS = [
  "Namespace",
  "CustomResourceDefinition",
  "PersistentVolumeClaim",
  "PersistentVolume",
  "StatefulSet",
];

/** Kinds that decide what other objects may do, or who may call them: a new one can stop what runs. */
const DECIDES =
  /Polic(y|ies)(Binding)?$|^(PeerAuthentication|ResourceQuota|LimitRange|Sidecar)$|WebhookConfiguration$/;

function decidesOverOthers(object: Json): boolean {
  return DECIDES.test(text(field(object, "kind")) ?? "");
}

function lostObjects(objects: readonly Json[]): Finding[] {
  const names = objects
    .filter((each) => HOLDERS.includes(text(field(each, "kind")) ?? ""))
    .map((each) => `${text(field(each, "kind")) ?? ""} ${text(at(each, ["metadata", "name"])) ?? "?"}`);
  return names.length === 0 ? [] : [finding("MANIFESTS-DATA", say`deletes ${listed(names)}`)];
}

/** Roles of Kubernetes that are added or changed and let their holders do everything, and who is given cluster-admin. */
function grantsOf(objects: readonly Json[]): Finding[] {
  const nameIn = (object: Json) => text(at(object, ["metadata", "name"])) ?? "?";
  const roles = objects.filter(
    (each) =>
      ["Role", "ClusterRole"].includes(text(field(each, "kind")) ?? "") &&
      items(field(each, "rules")).some((rule) =>
        ["verbs", "resources"].every((key) => texts(field(rule, key)).includes("*")),
      ),
  );
  const bindings = objects.filter(
    (each) =>
      ["RoleBinding", "ClusterRoleBinding"].includes(text(field(each, "kind")) ?? "") &&
      text(at(each, ["roleRef", "name"])) === "cluster-admin",
  );
  return [
    ...roles.map((role) =>
      finding("IAM-WIDENED", say`lets holders of the Kubernetes role ${nameIn(role)} do everything`),
    ),
    ...bindings.map((binding) =>
      finding(
        "IAM-WIDENED",
        say`gives the Kubernetes role cluster-admin to ${listed(
          items(field(binding, "subjects")).map(
            (subject) => `${text(field(subject, "kind")) ?? "?"} ${text(field(subject, "name")) ?? "?"}`,
          ),
        )} by ${nameIn(binding)}`,
      ),
    ),
  ];
}
