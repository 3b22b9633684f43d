import type { Finding } from "../model/change";
import { listed, say } from "../model/phrase";
import { at, field, items, type Json, sameJson, text, texts } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { isToldByNodes } from "./karpenter-rules";
import { kindOf, objectName, objectSteps, titleOf } from "./release-values";
import { finding } from "./rule";

/** Objects of Kubernetes that a release of the manifests chart adds, changes and deletes. */
export function manifestFindings(change: PlannedChange, name: string): Finding[] {
  const steps = objectSteps(change).filter(([old, now]) => !sameJson(old, now) && !isToldByNodes(old, now));
  if (steps.length === 0) return [];
  const made = steps.flatMap(([old, now]) => (old === undefined && now !== undefined ? [now] : []));
  const gone = steps.flatMap(([old, now]) => (old !== undefined && now === undefined ? [old] : []));
  const changed = steps.flatMap(([old, now]) => (old !== undefined && now !== undefined ? [now] : []));
  const details = [
    ...(made.length > 0 ? [say`adds ${listed(made.map(titleOf))}`] : []),
    ...(changed.length > 0 ? [say`changes ${listed(changed.map(titleOf))}`] : []),
    ...(gone.length > 0 ? [say`deletes ${listed(gone.map(titleOf))}`] : []),
  ];
  const onlyMore = gone.length === 0 && changed.length === 0 && !made.some(decidesOverOthers);
  return [
    finding("MANIFESTS-CHANGED", say`changes Kubernetes objects of ${name}`, {
      details,
      ...(onlyMore && { impact: "routine" as const }),
    }),
    ...lostObjects(gone),
    ...grantsOf([...made, ...changed]),
  ];
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

export function lostObjects(objects: readonly Json[]): Finding[] {
  const names = objects.filter((each) => HOLDERS.includes(kindOf(each))).map(titleOf);
  return names.length === 0 ? [] : [finding("MANIFESTS-DATA", say`deletes ${listed(names)}`)];
}

/** Roles of Kubernetes that are added or changed and let their holders do everything, and who is given cluster-admin. */
function grantsOf(objects: readonly Json[]): Finding[] {
  const roles = objects.filter(
    (each) =>
      ["Role", "ClusterRole"].includes(kindOf(each)) &&
      items(field(each, "rules")).some((rule) =>
        ["verbs", "resources"].every((key) => texts(field(rule, key)).includes("*")),
      ),
  );
  const bindings = objects.filter(
    (each) =>
      ["RoleBinding", "ClusterRoleBinding"].includes(kindOf(each)) &&
      text(at(each, ["roleRef", "name"])) === "cluster-admin",
  );
  return [
    ...roles.map((role) =>
      finding("IAM-WIDENED", say`lets holders of the Kubernetes role ${objectName(role)} do everything`),
    ),
    ...bindings.map((binding) =>
      finding(
        "IAM-WIDENED",
        say`gives the Kubernetes role cluster-admin to ${listed(
          items(field(binding, "subjects")).map(
            (subject) => `${text(field(subject, "kind")) ?? "?"} ${text(field(subject, "name")) ?? "?"}`,
          ),
        )} by ${objectName(binding)}`,
      ),
    ),
  ];
}
