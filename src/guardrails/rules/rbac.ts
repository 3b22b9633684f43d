import { type Rule, rule, show, violation } from "../rule";
import { at, isAbsent, items, texts } from "../../values/value";

const RBAC_DOCS = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/";
const ROLES = ["k8s:ClusterRole", "k8s:Role"];
const BINDINGS = ["k8s:ClusterRoleBinding", "k8s:RoleBinding"];

export const rbacRules: readonly Rule[] = [
  rule({
    id: "K8S-RBAC-WILDCARD",
    area: "manifests",
    severity: "error",
    what: "Roles name verbs and resources.",
    why: "A wildcard includes Secrets, and every kind that is installed later.",
    remedy: "List what is used.",
    reference: RBAC_DOCS,
    types: ROLES,
    check: ({ attributes }) =>
      items(attributes.rules).flatMap((each) =>
        ["verbs", "resources"]
          .filter((name) => texts(at(each, name)).includes("*"))
          .map((name) => violation(`allows all ${name}`)),
      ),
  }),
  rule({
    id: "K8S-RBAC-ESCALATION",
    area: "manifests",
    severity: "error",
    what: "Roles don't bind, escalate or impersonate.",
    why: "Each of the three makes its holder an administrator.",
    remedy: "Leave the verbs out.",
    reference: RBAC_DOCS,
    types: ROLES,
    check: ({ attributes }) =>
      items(attributes.rules)
        .flatMap((each) => texts(at(each, "verbs")))
        .filter((verb) => ["bind", "escalate", "impersonate"].includes(verb))
        .map((verb) => violation(`allows ${verb}`)),
  }),
  rule({
    id: "K8S-RBAC-SECRETS",
    area: "manifests",
    severity: "warning",
    what: "Cluster roles don't read all Secrets.",
    why: "One such token reads the credentials of every team.",
    remedy: "Use a Role in the namespace, with resourceNames.",
    reference: RBAC_DOCS,
    types: ["k8s:ClusterRole"],
    check: ({ attributes }) =>
      items(attributes.rules)
        .filter(
          (each) => texts(at(each, "resources")).includes("secrets") && isAbsent(at(each, "resourceNames")),
        )
        .filter((each) => texts(at(each, "verbs")).some((verb) => ["get", "list", "watch"].includes(verb)))
        .map(() => violation("reads all Secrets")),
  }),
  rule({
    id: "K8S-RBAC-ADMIN",
    area: "manifests",
    severity: "error",
    what: "Nothing is bound to cluster-admin.",
    why: "Administrators get in through access entries, which a plan shows; a binding is a second list.",
    remedy: "Bind a role with what is needed.",
    reference: RBAC_DOCS,
    types: BINDINGS,
    check: ({ attributes }) =>
      at(attributes, "roleRef", "name") === "cluster-admin" ? [violation("binds cluster-admin")] : [],
  }),
  rule({
    id: "K8S-RBAC-ANONYMOUS",
    area: "manifests",
    severity: "error",
    what: "No anonymous caller is bound to a role.",
    why: "It gives the rights of the role to everybody who reaches the endpoint.",
    remedy: "Name a group of an access entry or a service account.",
    reference: RBAC_DOCS,
    types: BINDINGS,
    check: ({ attributes }) =>
      items(attributes.subjects)
        .map((each) => show(at(each, "name")))
        .filter((name) =>
          ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters"].includes(
            name,
          ),
        )
        .map((name) => violation(`binds ${name}`)),
  }),
  rule({
    id: "K8S-DEFAULT-ACCOUNT",
    area: "manifests",
    severity: "warning",
    what: "No right is bound to a namespace's default service account.",
    why: "Every pod that names no account gets this one.",
    remedy: "Make an account for the workload.",
    reference: RBAC_DOCS,
    types: BINDINGS,
    check: ({ attributes }) =>
      items(attributes.subjects)
        .filter((each) => at(each, "kind") === "ServiceAccount" && at(each, "name") === "default")
        .map(() => violation("binds the account default")),
  }),
];
