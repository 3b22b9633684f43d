import { expectGiven, expectThat, type Rule, rule, show, undecided, type Verdict, violation } from "../rule";
import { at, isAbsent, isFalse, isTrue, isUnknown, items, text, type Value, walk } from "../../values/value";
import { isSecretName, looksSecret, secretAssignments } from "../../text/secrets";
import { byType, onceOf } from "../resource";
import { containers } from "./pod-specs";

const EXTERNAL =
  "https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html";

/** Container kinds, for a secret in the environment. */
const WORKLOADS = ["k8s:Deployment", "k8s:StatefulSet", "k8s:DaemonSet", "k8s:Job", "k8s:CronJob", "k8s:Pod"];

/**
 * Cilium reads where its peers are from Secrets (`cilium-clustermesh`): addresses, and paths of certificates that others
 * mount. Such text holds no secret; with anything else in it, it is one.
 */
function isEndpoint(text: string): boolean {
  const line = /^(endpoints:|- https:\/\/\S+|(trusted-ca|key|cert)-file: \/\S+|)$/;
  return text.startsWith("endpoints:\n") && text.split("\n").every((each) => line.test(each));
}

/** `passwordKey: admin-password` beside `existingSecret`: which field of that Secret it is. */
function namesField(values: Value, path: readonly string[]): boolean {
  const beside = at(values, ...path.slice(0, -1));
  return /Key$/.test(path.at(-1) ?? "") && !isAbsent(at(beside, "existingSecret"));
}

/** Names of service accounts that mount no token. */
const withoutToken = onceOf((resources): ReadonlySet<Value> => {
  const accounts = byType(resources).get("k8s:ServiceAccount") ?? [];
  return new Set(
    accounts
      .filter(({ attributes }) => isFalse(attributes.automountServiceAccountToken))
      .map(({ attributes }) => at(attributes, "metadata", "name")),
  );
});

export const secretRules: readonly Rule[] = [
  rule({
    id: "SEC-HELM-LITERAL",
    area: "secrets",
    severity: "error",
    what: "Helm values hold no secret.",
    why: "Values are in the plan, in the state and in the release's Secret, for everybody who can read one of them.",
    remedy: "Name a Secret that External Secrets or the CSI driver makes.",
    reference: EXTERNAL,
    types: ["helm_release"],
    check: ({ attributes }) => {
      if (isUnknown(attributes.values)) return [undecided("the values are known after apply")];
      return [...walk(attributes.values), ...walk(attributes.set)].flatMap(([path, value]): Verdict[] => {
        const name = path.at(-1) ?? "";
        const literal = typeof value === "string" && value.length >= 4 && !value.startsWith("/");
        // What the objects of a manifest release hold is judged on each of them.
        if (path[0] === "manifests" || !literal) return [];
        if ((!isSecretName(name) || namesField(attributes.values, path)) && !looksSecret(value)) return [];
        return [violation(`${path.join(".")} is a literal`)];
      });
    },
  }),
  rule({
    id: "SEC-MANIFEST-LITERAL",
    area: "secrets",
    severity: "error",
    what: "No manifest holds the data of a Secret.",
    why: "It is base64, not encryption, and is in the repository, the plan and the state.",
    remedy: "Write an ExternalSecret or a SecretProviderClass instead.",
    reference: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    types: ["k8s:Secret"],
    check: ({ attributes }) =>
      ["data", "stringData"].flatMap((name) => {
        const data = attributes[name];
        if (isUnknown(data)) return [undecided(`${name} is known after apply`)];
        return Object.entries(Object(data) as object)
          .filter(([, value]) => typeof value === "string" && !isEndpoint(value))
          .map(([key]) => violation(`holds ${key}`));
      }),
  }),
  rule({
    id: "SEC-CONFIG-MAP",
    area: "secrets",
    severity: "error",
    what: "No ConfigMap holds a secret.",
    why: "ConfigMaps are not encrypted with the cluster's key, and far more people may read them.",
    remedy: "Put it into Secrets Manager and read it from there.",
    reference: "https://kubernetes.io/docs/concepts/configuration/configmap/",
    types: ["k8s:ConfigMap"],
    check: ({ attributes }) =>
      Object.entries(Object(attributes.data) as Record<string, unknown>).flatMap(([key, value]) => {
        if (typeof value !== "string") return [];
        const names = isSecretName(key) || looksSecret(value) ? [key] : secretAssignments(value);
        return names.map((name) => violation(`holds ${name}`));
      }),
  }),
  rule({
    id: "SEC-ENVIRONMENT",
    area: "secrets",
    severity: "warning",
    what: "Containers get secrets as files, not as environment variables.",
    why: "Crash reports and child processes carry the environment with them; a file can be rotated while the process runs.",
    remedy: "Mount the Secret, or use the Secrets Store CSI driver.",
    reference: EXTERNAL,
    types: WORKLOADS,
    check: (resource) =>
      containers(resource).flatMap(({ name, spec }) => [
        ...items(at(spec, "env"))
          .filter((each) => at(each, "valueFrom", "secretKeyRef") !== undefined)
          .map((each) => violation(`${name} gets ${show(at(each, "name"))} from a Secret`)),
        ...items(at(spec, "env"))
          .filter((each) => {
            const value = at(each, "value");
            return typeof value === "string" && (isSecretName(text(at(each, "name"))) || looksSecret(value));
          })
          .map((each) => violation(`${name} has ${show(at(each, "name"))} as a literal`)),
      ]),
  }),
  rule({
    id: "SEC-VERSION-LITERAL",
    area: "secrets",
    severity: "error",
    what: "Terraform writes no value of a secret.",
    why: "It would be in the state, and every plan would put the old one back after a rotation.",
    remedy: "Make the secret without a value, or use the write-only argument.",
    reference: "https://developer.hashicorp.com/terraform/language/manage-sensitive-data",
    types: ["aws_secretsmanager_secret_version", "aws_ssm_parameter"],
    check: ({ type, attributes }) => {
      if (type === "aws_ssm_parameter" && attributes.type !== "SecureString") return [];
      const value = type === "aws_ssm_parameter" ? attributes.value : attributes.secret_string;
      if (isUnknown(value)) return [undecided("where the value comes from is known after apply")];
      return isAbsent(value) ? [] : [violation("writes the value")];
    },
  }),
  rule({
    id: "SEC-SECRET-KEY",
    area: "secrets",
    severity: "warning",
    what: "A secret of Secrets Manager is encrypted with a key of the account.",
    why: "aws/secretsmanager admits everybody in the account who may read secrets, and nobody in another account.",
    remedy: "Give kms_key_id.",
    reference: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
    types: ["aws_secretsmanager_secret"],
    check: (resource) => expectGiven(resource, ["kms_key_id"], "has the key that AWS manages"),
  }),
  rule({
    id: "SEC-TOKEN-MOUNT",
    area: "secrets",
    severity: "warning",
    what: "Pods that don't call the Kubernetes API have no token for it.",
    why: "A token that nobody needs is what an intruder finds first.",
    remedy: "Set automountServiceAccountToken to false on the pod or on its service account.",
    reference: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    types: WORKLOADS,
    check: (resource, { resources }) => {
      const [first] = containers(resource);
      if (first === undefined) return [];
      const onPod = at(first.pod, "automountServiceAccountToken");
      const account = at(first.pod, "serviceAccountName") ?? "default";
      const onAccount = withoutToken(resources).has(account);
      if (isFalse(onPod) || (onAccount && !isTrue(onPod))) return [];
      return [violation("mounts a token for the Kubernetes API")];
    },
  }),
  rule({
    id: "SEC-ROTATION",
    area: "secrets",
    severity: "warning",
    what: "A secret that rotates does so at least every ninety days.",
    why: "The longer a secret lives, the more copies of it exist.",
    remedy: "Set automatically_after_days to 90 or less.",
    reference: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
    types: ["aws_secretsmanager_secret_rotation"],
    check: (resource) =>
      expectThat(
        resource,
        ["rotation_rules", "automatically_after_days"],
        (days) => days === undefined || days === null || Number(days) <= 90,
        (days) => `rotates every ${show(days)} days`,
      ),
  }),
];
