import { at, isUnknown, text, type Value } from "../../values/value";
import { ciliumRules } from "./cilium-policy";
import { networkPolicyRules } from "./kubernetes-policy";
import type { IgnoredPolicy, PolicyEngine, PolicyRule, PolicySet } from "./rules";
import { Refused, Unread } from "./selectors";

/** Every policy among manifests, read as the engine reads it. Objects of the same kind and name: the last one counts. */
export function policySet(manifests: readonly Value[], engine: PolicyEngine): PolicySet {
  const objects = new Map(
    manifests.filter((each) => isPolicy(each, engine)).map((each) => [nameOf(each), each]),
  );
  const rules: PolicyRule[] = [];
  const refused: IgnoredPolicy[] = [];
  const unread: IgnoredPolicy[] = [];
  for (const [policy, manifest] of objects) {
    const namespace = namespaceOf(manifest);
    const about = { policy, ...(namespace !== undefined && { namespace }) };
    try {
      rules.push(...rulesOf(manifest, policy, namespace, engine));
    } catch (error) {
      if (error instanceof Refused) refused.push({ ...about, why: error.message });
      else if (error instanceof Unread) unread.push({ ...about, why: error.message });
      else throw error;
    }
  }
  return { rules, refused, unread };
}

function isPolicy(manifest: Value, { kind }: PolicyEngine): boolean {
  switch (text(at(manifest, "kind"))) {
    case "NetworkPolicy":
      return text(at(manifest, "apiVersion")).startsWith("networking.k8s.io/");
    case "CiliumNetworkPolicy":
    case "CiliumClusterwideNetworkPolicy":
      return kind === "cilium";
    default:
      return false;
  }
}

/** Undefined: of the whole cluster. */
function namespaceOf(manifest: Value): string | undefined {
  if (at(manifest, "kind") === "CiliumClusterwideNetworkPolicy") return undefined;
  return text(at(manifest, "metadata", "namespace")) || "default";
}

/** As a reader finds it: kind, then namespace and name. */
export function nameOf(manifest: Value): string {
  const namespace = namespaceOf(manifest);
  const name = text(at(manifest, "metadata", "name"));
  return `${text(at(manifest, "kind"))} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function rulesOf(
  manifest: Value,
  policy: string,
  namespace: string | undefined,
  engine: PolicyEngine,
): PolicyRule[] {
  if (isUnknown(at(manifest, "spec"))) throw new Unread("all of it is known only after apply");
  return at(manifest, "kind") === "NetworkPolicy"
    ? networkPolicyRules(manifest, policy, namespace ?? "default", engine)
    : ciliumRules(manifest, policy, namespace, engine);
}
