import { type Plain, settings, settingsOrNone, shortNameOf } from "../draft";
import type { Part } from "../part";
import type { ImportOptions } from "./options";

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

/** Access entries, and what the aws-auth ConfigMap said. */
export function accessOf(config: Part, { account }: ImportOptions): Plain | undefined {
  const entries: Record<string, Plain> = {};
  const add = (arn: string, entry: Plain) => {
    const name = ROLE.exec(arn)?.[2]?.split("/").at(-1) ?? "imported";
    entries[shortNameOf(name, 40, new Set(Object.keys(entries)))] = entry;
  };
  for (const entry of config.at("accessConfig", "accessEntries").items()) {
    const arn = roleOf(entry, entry.at("principalARN"), account);
    const made = arn === undefined ? undefined : accessEntry(entry, arn);
    if (arn !== undefined && made !== undefined) add(arn, made);
  }
  for (const mapping of config.at("iamIdentityMappings").items()) {
    const arn = roleOf(mapping, mapping.at("arn"), account);
    const made = arn === undefined ? undefined : mappedEntry(mapping, arn);
    if (arn !== undefined && made !== undefined) add(arn, made);
  }
  return settingsOrNone(entries);
}

function roleOf(entry: Part, arn: Part, account: string): string | undefined {
  const text = arn.text();
  const owner = text === undefined ? undefined : ROLE.exec(text)?.[1];
  if (owner === account) return text;
  if (owner !== undefined)
    entry.lost(`a role of account ${owner}, which alone decides who gets it; give a role of ${account}`);
  else
    entry.lost("only IAM roles get access: users have keys that never expire; give a role that they assume");
  return undefined;
}

function accessEntry(entry: Part, role: string): Plain | undefined {
  const type = entry.at("type").text() ?? "STANDARD";
  if (type === "EC2_LINUX") return { role, type: "ec2-linux" };
  if (type !== "STANDARD") {
    entry.lost(`there are no entries of type ${type} here: standard and ec2-linux`);
    return undefined;
  }
  const [policy, ...more] = entry.at("accessPolicies").items();
  for (const each of more) each.lost("an entry has one policy here; make another entry, or a role binding");
  return usersEntry(entry, role, {
    ...(policy && policyOf(policy)),
    kubernetesGroups: groupsOf(entry.at("kubernetesGroups")),
  });
}

function policyOf(policy: Part): Readonly<Record<string, Plain | undefined>> {
  const name = policy.at("policyARN").text()?.split("/").at(-1) ?? "";
  policy.at("accessScope", "type").text();
  const namespaces = policy.at("accessScope", "namespaces").texts();
  if (POLICIES[name] === undefined) {
    policy.lost(`${name} is for AWS's own controllers, or new: write the policy that you mean`);
    return {};
  }
  return { policy: POLICIES[name], namespaces: namespaces.length === 0 ? undefined : namespaces };
}

/** aws-auth: system:masters is the administrator, and EKS refuses other groups of Kubernetes' own. */
function mappedEntry(mapping: Part, role: string): Plain | undefined {
  const groups = mapping.at("groups");
  const isAdmin = groups.items().some((each) => each.text() === "system:masters");
  return usersEntry(mapping, role, {
    policy: isAdmin ? "cluster-admin" : undefined,
    kubernetesGroups: groupsOf(groups),
  });
}

function groupsOf(groups: Part): Plain | undefined {
  const own = groups.items().flatMap((each) => {
    const name = each.text() ?? "";
    if (name === "system:masters") return [];
    if (!name.startsWith("system:")) return [name];
    each.lost("EKS refuses groups that start with system: in access entries; bind a group of your own");
    return [];
  });
  return own.length === 0 ? undefined : own;
}

function usersEntry(
  part: Part,
  role: string,
  given: Readonly<Record<string, Plain | undefined>>,
): Plain | undefined {
  const rest = settings(given);
  if (rest.policy !== undefined || rest.kubernetesGroups !== undefined) return { role, ...rest };
  part.lost("the entry would allow nothing; write its policy or groups in cluster.access");
  return undefined;
}
