import type { Resource } from "../resource";
import { type Rule, rule, undecided, type Verdict, violation } from "../rule";
import { text, texts } from "../../values/value";

const base = {
  area: "manifests" as const,
  types: ["admission"],
  sources: ["input"] as const,
  setting: ({ attributes }: Resource) => text(attributes.setting) || undefined,
};

/** What the API server does to pods that the platform, its services and its injectors make, as src/admission judges it. */
export const admissionRules: readonly Rule[] = [
  rule({
    ...base,
    id: "ADMISSION-POD-SECURITY",
    severity: "error",
    what: "Pod Security takes every pod, with what injectors add to it.",
    why: "The deployment is taken and its pods are not: it waits for ever, and only its events say why.",
    remedy: "Change what makes the container, or weaken podSecurity of the namespace with a reason.",
    reference: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    check: (found) => refusedBy(found, "Pod Security"),
  }),
  rule({
    ...base,
    id: "ADMISSION-POLICY",
    severity: "error",
    what: "Admission policies take every pod, with what injectors add to it.",
    why: "A policy that refuses what an injector adds refuses every pod that it is added to.",
    remedy:
      "Allow what the component brings, such as its registry in policies.allowedRegistries, or exempt the namespace.",
    reference: "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
    check: (found) => refusedBy(found, "policy"),
  }),
  rule({
    ...base,
    id: "ADMISSION-LIMITS",
    severity: "error",
    what: "The limits of a namespace take every container, those of injectors too.",
    why: "A pod with one container outside of them is refused whole.",
    remedy: "Raise limits.max of the namespace above what its largest container may use.",
    reference: "https://kubernetes.io/docs/concepts/policy/limit-range/",
    check: (found) => refusedBy(found, "limits"),
  }),
  rule({
    ...base,
    id: "ADMISSION-QUOTA",
    severity: "error",
    what: "A namespace's quota has room for all pods that its services may have, with their sidecars.",
    why: "The last replicas are refused, in the very hour that needs them.",
    remedy: "Raise quota of the namespace, or lower replicas.",
    reference: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    check: (found) => refusedBy(found, "quota"),
  }),
  rule({
    ...base,
    id: "ADMISSION-QUOTA-RELEASE",
    severity: "warning",
    what: "A namespace's quota has room for the pods of one release beside all others.",
    why: "With all replicas running, a release waits for room that its old pods don't give up.",
    remedy: "Raise quota of the namespace by the pods that a release adds.",
    reference: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    check: (found) => refusedBy(found, "rollout"),
  }),
  rule({
    ...base,
    id: "ADMISSION-UNDECIDED",
    severity: "warning",
    what: "Whether a pod is accepted can be told before the apply.",
    why: "What can't be judged before the apply may be refused by it.",
    remedy:
      "Write the value instead of a reference, or try the pod with a dry run: kubectl apply --dry-run=server.",
    reference: "https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/",
    check: (found) => (found.attributes.verdict === "undecided" ? said(found, undecided) : []),
  }),
];

function refusedBy(found: Resource, gate: string): Verdict[] {
  const { attributes } = found;
  return attributes.gate === gate && attributes.verdict === "refused" ? said(found, violation) : [];
}

function said({ attributes }: Resource, verdict: (detail: string) => Verdict): Verdict[] {
  const who = texts(attributes.who);
  const shown = who.length > 3 ? `${who.slice(0, 3).join(", ")} and ${who.length - 3} more` : who.join(", ");
  return [verdict(`${shown}: ${text(attributes.object)} refuses it: ${text(attributes.says)}`)];
}
