import { type Plain, settings, settingsOrNone, shortNameOf } from "../draft";
import type { Fact } from "../found/fact";
import type { FoundAccess, FoundPolicy } from "../found/cluster";

/** EKS User Guide, "Review access policy permissions". */
const POLICIES: Readonly<Record<string, string>> = {
  AmazonEKSClusterAdminPolicy: "cluster-admin",
  AmazonEKSAdminPolicy: "admin",
  AmazonEKSEditPolicy: "edit",
  AmazonEKSViewPolicy: "view",
  AmazonEKSAdminViewPolicy: "admin-view",
  AmazonEKSSecretReaderPolicy: "secret-reader",
};

const ROLE = /^arn:[a-z-]+:iam::(\d{12}):role\/([\w+=,.@/-]+)$/;

/** @param account whose roles get access, 12 digits */
export function accessSettings(found: readonly FoundAccess[], account: string): Plain | undefined {
  const entries: Record<string, Plain> = {};
  for (const each of found) {
    const name = ROLE.exec(each.principal)?.[2]?.split("/").at(-1) ?? "imported";
    const made = isOfAccount(each, account) ? entrySettings(each) : undefined;
    if (made !== undefined) entries[shortNameOf(name, 40, new Set(Object.keys(entries)))] = made;
  }
  return settingsOrNone(entries);
}

function isOfAccount({ principal, at }: FoundAccess, account: string): boolean {
  const owner = ROLE.exec(principal)?.[1];
  if (owner === account) return true;
  if (owner !== undefined)
    at.lost(`a role of account ${owner}, which alone decides who gets it; give a role of ${account}`);
  else if (principal === "") at.lost("who it is for is known after an apply; write it in cluster.access");
  else at.lost("only IAM roles get access: users have keys that never expire; give a role that they assume");
  return false;
}

function entrySettings({ at, principal, type, policies, groups }: FoundAccess): Plain | undefined {
  if (type === "EC2_LINUX") return { role: principal, type: "ec2-linux" };
  if (type !== "STANDARD") {
    at.lost(`there are no entries of type ${type} here: standard and ec2-linux`);
    return undefined;
  }
  const [policy, ...more] = policies;
  for (const each of more)
    each.at.lost("an entry has one policy here; make another entry, or a role binding");
  const rest = settings({ ...(policy && policySettings(policy)), kubernetesGroups: ownGroups(groups) });
  if (rest.policy !== undefined || rest.kubernetesGroups !== undefined) return { role: principal, ...rest };
  at.lost("the entry would allow nothing; write its policy or groups in cluster.access");
  return undefined;
}

function policySettings({ at, name, namespaces }: FoundPolicy): Readonly<Record<string, Plain | undefined>> {
  if (POLICIES[name] === undefined) {
    at.lost(`${name} is for AWS's own controllers, or new: write the policy that you mean`);
    return {};
  }
  if (namespaces === undefined) {
    at.lost(
      `${name} in some namespaces, whose names are not in what was read: without them it would be for the whole cluster; write cluster.access`,
    );
    return {};
  }
  return { policy: POLICIES[name], namespaces: namespaces.length === 0 ? undefined : namespaces };
}

/** Namespaces of a policy, by the scope that it says: of `namespace` without a name nobody knows which. */
export function scopeOf(type: string | undefined, namespaces: readonly string[]): FoundPolicy["namespaces"] {
  return type?.toLowerCase() === "namespace" && namespaces.length === 0 ? undefined : namespaces;
}

function ownGroups(groups: readonly Fact<string>[]): Plain | undefined {
  const own = groups.flatMap(({ value, at }) => {
    if (!value.startsWith("system:")) return [value];
    at.lost("EKS refuses groups that start with system: in access entries; bind a group of your own");
    return [];
  });
  return own.length === 0 ? undefined : own;
}
