import { type Plain, settings, settingsOrNone, shortNameOf } from "../draft";
import type { Part } from "../part";

/** AWS roles of service accounts, by EKS Pod Identity; those of controllers that the platform brings are its own. */
export function identitiesOf(config: Part): Readonly<Record<string, Plain | undefined>> {
  const made: Record<string, Plain> = {};
  const add = (account: ServiceAccount) => {
    const policyArns = account.policies.texts();
    const statements = statementsOf(account.inline);
    if (policyArns.length === 0 && statements === undefined) return account.part.lost(WITHOUT);
    const name = shortNameOf(account.name, 19, new Set(Object.keys(made)));
    made[name] = settings({
      namespace: account.namespace,
      serviceAccount: account.name,
      policyArns: policyArns.length === 0 ? undefined : policyArns,
      statements,
    });
  };
  for (const each of config.at("iam", "serviceAccounts").items()) {
    const account = irsa(each);
    if (isOfPlatform(each, account)) continue;
    add(account);
    if (account.name !== "") each.at("metadata", "name").changed(POD_IDENTITY);
  }
  for (const each of config.at("iam", "podIdentityAssociations").items()) {
    const account = podIdentity(each);
    if (!isOfPlatform(each, account)) add(account);
  }
  return { podIdentities: settingsOrNone(made) };
}

const WITHOUT =
  "the role has no policy that can be named here; write what its pods may do in podIdentities, by statements or policyArns";
const POD_IDENTITY =
  "a role by EKS Pod Identity in place of IRSA: the SDK has to be of 2023-11 or later, and pods get it when they start anew";

interface ServiceAccount {
  readonly part: Part;
  readonly namespace: string;
  readonly name: string;
  readonly policies: Part;
  readonly inline: Part;
}

function irsa(part: Part): ServiceAccount {
  return {
    part,
    namespace: part.at("metadata", "namespace").text() ?? "default",
    name: part.at("metadata", "name").text() ?? "",
    policies: part.at("attachPolicyARNs"),
    inline: part.at("attachPolicy"),
  };
}

function podIdentity(part: Part): ServiceAccount {
  part.at("createServiceAccount").flag();
  return {
    part,
    namespace: part.at("namespace").text() ?? "default",
    name: part.at("serviceAccountName").text() ?? "",
    policies: part.at("permissionPolicyARNs"),
    inline: part.at("permissionPolicy"),
  };
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

function isOfPlatform(part: Part, { name }: ServiceAccount): boolean {
  const key = OF_PLATFORM[name];
  if (key === undefined) return false;
  if (key === "") part.changed("the platform's own role for it");
  else part.lost(`the controller and its role come with ${key} where that is written`);
  return true;
}

/** Statements without wildcards, as podIdentities takes them; none of them where one has one. */
function statementsOf(policy: Part): Plain | undefined {
  if (!policy.there) return undefined;
  const all = policy.at("Statement").items();
  const read = all.map((each, index) => statementOf(each, index));
  policy.at("Version").text();
  if (read.every((each) => each !== undefined)) return read;
  policy.lost("the policy allows by *, which podIdentities does not take: name actions and resources");
  return undefined;
}

function statementOf(part: Part, index: number): Plain | undefined {
  const actions = oneOrMore(part.at("Action"));
  const resources = oneOrMore(part.at("Resource"));
  const plain = [...actions, ...resources.map((each) => each.replace(/\/\*$/, ""))];
  if (part.at("Effect").text() !== "Allow" || part.at("Condition").there) return undefined;
  if (resources.length === 0 || plain.some((each) => /[*?]/.test(each))) return undefined;
  const sid =
    part
      .at("Sid")
      .text()
      ?.replace(/[^A-Za-z0-9]/g, "") ?? "";
  return { name: sid === "" ? `Imported${index + 1}` : sid, actions, resources };
}

function oneOrMore(part: Part): readonly string[] {
  const one = part.text();
  return one === undefined ? part.texts() : [one];
}
