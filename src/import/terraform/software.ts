import { fact } from "../found/fact";
import type { FoundAddOn, FoundIdentity, FoundRelease } from "../found/software";
import type { Part } from "../part";
import type { Links } from "./links";
import { thing } from "./network";
import type { Resource } from "./project";

export function addOnsIn(links: Links): readonly FoundAddOn[] {
  return links.of("aws_eks_addon").map((each) => {
    const { part } = links.use(each);
    const version = part.at("addon_version");
    const written = version.text();
    const values = part.at("configuration_values");
    const text = values.text();
    for (const key of ["pod_identity_association", "service_account_role_arn"]) part.at(key).plain();
    return {
      ...thing(each),
      name: part.at("addon_name").text() ?? "",
      ...(written !== undefined && { version: fact(written, version) }),
      ...(text !== undefined && { values: fact(text, values) }),
    };
  });
}

/** By associations of EKS Pod Identity, and by roles that an OIDC provider's service accounts take. */
export function identitiesIn(links: Links): readonly FoundIdentity[] {
  const associated = links
    .of("aws_eks_pod_identity_association")
    .filter(({ isData }) => !isData)
    .map((each) => associatedIdentity(links.use(each), links));
  const byIrsa = links.of("aws_iam_role").flatMap((role) => {
    const accounts = accountsOf(role);
    if (accounts.length === 0) return [];
    return accounts.map(({ namespace, name }) => ({
      ...thing(links.use(role)),
      by: "irsa" as const,
      namespace,
      serviceAccount: fact(name, role.part.at("assume_role_policy")),
      ...arnOf(role),
      ...policiesOf(role, links),
    }));
  });
  return [...associated, ...byIrsa];
}

function associatedIdentity(each: Resource, links: Links): FoundIdentity {
  const { part } = each;
  const [role] = links.from(each, "role_arn", "aws_iam_role");
  const arn = part.at("role_arn").text();
  if (role !== undefined) links.use(role);
  return {
    ...thing(each),
    by: "pod-identity",
    namespace: part.at("namespace").text() ?? "default",
    serviceAccount: fact(part.at("service_account").text() ?? "", part.at("service_account")),
    ...(arn !== undefined && { roleArn: arn }),
    ...(role === undefined ? { policies: [], statements: [] } : policiesOf(role, links)),
  };
}

function arnOf({ values }: Resource): Pick<FoundIdentity, "roleArn"> {
  return typeof values.arn === "string" ? { roleArn: values.arn } : {};
}

/** Who its trust policy names by `<issuer>:sub`, as IRSA has it. */
function accountsOf(role: Resource): readonly { readonly namespace: string; readonly name: string }[] {
  const trust = role.values.assume_role_policy;
  if (typeof trust !== "string") return [];
  const found = trust.matchAll(/system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]+)/g);
  return [...found].map(([, namespace = "", name = ""]) => ({ namespace, name }));
}

/** Policies that are attached to a role, or written within it. */
export function policiesOf(role: Resource, links: Links): Pick<FoundIdentity, "policies" | "statements"> {
  const isOf = (each: Resource) => links.from(each, "role", "aws_iam_role").includes(role);
  const attached = links.of("aws_iam_role_policy_attachment").filter(isOf);
  const inline = links.of("aws_iam_role_policy").filter(isOf);
  const own = attached.flatMap((each) => links.from(each, "policy_arn", "aws_iam_policy"));
  const documents = [...inline, ...own].map((each) => documentOf(links.use(each).part.at("policy")));
  const policies = attached.flatMap((each) => {
    const arn = links.use(each).part.at("policy_arn").text();
    // The project's own policies go with it: what they say is taken over, not what they are called.
    return arn === undefined || own.some(({ values }) => values.arn === arn) ? [] : [arn];
  });
  return { policies, statements: documents.flatMap((each) => each ?? []) };
}

function documentOf(policy: Part): FoundIdentity["statements"][number] | undefined {
  const text = policy.text();
  if (text === undefined) return undefined;
  try {
    return { at: policy, document: JSON.parse(text) as unknown };
  } catch {
    return { at: policy, document: undefined };
  }
}

/** Helm releases; what their values hold is looked at, and printed nowhere. */
export function releasesIn(links: Links): readonly FoundRelease[] {
  return links
    .of("helm_release")
    .filter(({ isData }) => !isData)
    .map((each) => {
      const { part } = links.use(each);
      const namespace = part.at("namespace").text();
      const version = part.at("version").text();
      part.at("repository").text();
      part.at("name").text();
      return {
        ...thing(each),
        chart: part.at("chart").text()?.split("/").at(-1) ?? "",
        ...(namespace !== undefined && { namespace }),
        ...(version !== undefined && { version }),
        values: { values: part.at("values").plain(), set: part.at("set").plain() },
      };
    });
}
