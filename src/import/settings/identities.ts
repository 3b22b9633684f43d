import { type Plain, settings, settingsOrNone, shortNameOf } from "../draft";
import type { FoundIdentity, FoundStatements } from "../found/software";

const WITHOUT =
  "the role has no policy that can be named here; write what its pods may do in podIdentities, by statements or policyArns";
const POD_IDENTITY =
  "a role by EKS Pod Identity in place of IRSA: the SDK has to be of 2023-11 or later, and pods get it when they start anew";

/** AWS roles of service accounts, by EKS Pod Identity; those of controllers that the platform brings are its own. */
export function identitySettings(found: readonly FoundIdentity[]): Plain | undefined {
  const made: Record<string, Plain> = {};
  for (const each of found) {
    if (isOfPlatform(each)) continue;
    const statements = each.statements.flatMap(statementsOf);
    if (each.policies.length === 0 && statements.length === 0) {
      each.at.lost(WITHOUT);
      continue;
    }
    made[shortNameOf(each.serviceAccount.value, 19, new Set(Object.keys(made)))] = settings({
      namespace: each.namespace,
      serviceAccount: each.serviceAccount.value,
      policyArns: each.policies.length === 0 ? undefined : each.policies,
      statements: statements.length === 0 ? undefined : statements,
    });
    if (each.by === "irsa" && each.serviceAccount.value !== "") each.serviceAccount.at.changed(POD_IDENTITY);
  }
  return settingsOrNone(made);
}

/** Service accounts of controllers that a target has by a key of its own, and the key. */
const OF_PLATFORM: Readonly<Record<string, string>> = {
  "aws-load-balancer-controller": "ingress.loadBalancers",
  "external-dns": "ingress.dns",
  "cert-manager": "ingress.certificates",
  "external-secrets": "secrets",
  "cluster-autoscaler": "karpenter, which replaces it,",
  karpenter: "karpenter",
  "ebs-csi-controller-sa": "",
  "aws-node": "",
  velero: "backup",
  "cloudwatch-agent": "observability.containerInsights",
};

function isOfPlatform({ at, serviceAccount }: FoundIdentity): boolean {
  const key = OF_PLATFORM[serviceAccount.value];
  if (key === undefined) return false;
  if (key === "") at.changed("the platform's own role for it");
  else at.lost(`the controller and its role come with ${key} where that is written`);
  return true;
}

/** Statements without wildcards, as podIdentities takes them; none of them where one has one. */
function statementsOf({ at, document }: FoundStatements): readonly Plain[] {
  const read = listOf(fieldOf(document, "Statement")).map(statementOf);
  if (read.every((each) => each !== undefined)) return read;
  at.lost(
    "podIdentities takes statements that allow named actions on named resources, and none of this policy was taken, its Deny and Condition neither: write what its pods may do",
  );
  return [];
}

function statementOf(statement: unknown, index: number): Plain | undefined {
  const actions = textsOf(fieldOf(statement, "Action"));
  const resources = textsOf(fieldOf(statement, "Resource"));
  const plain = [...actions, ...resources.map((each) => each.replace(/\/\*$/, ""))];
  if (fieldOf(statement, "Effect") !== "Allow" || fieldOf(statement, "Condition") !== undefined)
    return undefined;
  if (actions.length === 0 || resources.length === 0 || plain.some((each) => /[*?]/.test(each)))
    return undefined;
  const sid = textsOf(fieldOf(statement, "Sid"))[0]?.replace(/[^A-Za-z0-9]/g, "") ?? "";
  return { name: sid === "" ? `Imported${index + 1}` : sid, actions, resources };
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((each) => typeof each === "string");
}
