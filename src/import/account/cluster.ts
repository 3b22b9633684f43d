import type { FoundAccess, FoundCluster } from "../found/cluster";
import { fact, factOrNone } from "../found/fact";
import { SAYS, tellUnlike } from "../found/unlike";
import type { Part } from "../part";
import { factsIn, listIn } from "../part-facts";
import { scopeOf } from "../settings/access";
import type { Answers } from "./answers";

/** What EKS says of a cluster (API Reference, Cluster). */
export async function clusterIn(answers: Answers, at: Part): Promise<FoundCluster> {
  const vpc = at.at("resourcesVpcConfig");
  const network = at.at("kubernetesNetworkConfig");
  const family = network.at("ipFamily");
  const support = at.at("upgradePolicy", "supportType");
  const shift = at.at("zonalShiftConfig", "enabled").flag();
  const name = at.at("name").text() ?? "";
  const version = factOrNone(at.at("version").text(), at.at("version"));
  const protection = factOrNone(at.at("deletionProtection").flag(), at.at("deletionProtection"));
  const issuer = at.at("identity", "oidc", "issuer").text();
  const [encryption] = at.at("encryptionConfig").items();
  const key = encryption?.at("provider", "keyArn").text();
  const role = at.at("roleArn").text();
  const arn = at.at("arn").text();
  tellUnlike(vpc.at("securityGroupIds"), () => false, SAYS.groups);
  return {
    at,
    id: name,
    ...(arn !== undefined && { arn }),
    name: fact(name, at.at("name")),
    ...(version && { version }),
    endpoint: endpointIn(vpc),
    serviceCidr: fact(network.at("serviceIpv4Cidr").text(), network.at("serviceIpv4Cidr")),
    ...(family.text() === "ipv6" && { ipv6: family }),
    support: fact(support.text() === "STANDARD" ? "standard" : "extended", support),
    logs: await logsIn(answers, at, name),
    ...(shift !== undefined && { zonalShift: shift }),
    ...(protection && { deletionProtection: protection }),
    subnets: vpc.at("subnetIds").texts(),
    securityGroups: vpc.at("securityGroupIds").texts(),
    ...(role !== undefined && { roleArn: role }),
    ...(key !== undefined && { kmsKeyArn: key }),
    ...(issuer !== undefined && { oidcIssuer: issuer }),
    tags: factsIn(at.at("tags")),
  };
}

function endpointIn(vpc: Part): FoundCluster["endpoint"] {
  const isPublic = vpc.at("endpointPublicAccess").flag() === true;
  vpc.at("endpointPrivateAccess").flag();
  const ranges = listIn(vpc.at("publicAccessCidrs"));
  return { at: vpc, isPublic, ranges: isPublic ? ranges : [] };
}

async function logsIn(answers: Answers, cluster: Part, name: string): Promise<FoundCluster["logs"]> {
  const at = cluster.at("logging");
  const kinds = at
    .at("clusterLogging")
    .items()
    .flatMap((each) => {
      const types = each.at("types").texts();
      return each.at("enabled").flag() === true ? types : [];
    });
  const prefix = `/aws/eks/${name}/cluster`;
  const groups = await answers.listed(
    "log-group",
    "logGroups",
    "logGroupName",
    "logs",
    "describe-log-groups",
    "--log-group-name-prefix",
    prefix,
  );
  const days = groups
    .find((each) => each.at("logGroupName").text() === prefix)
    ?.at("retentionInDays")
    .number();
  return { at, kinds, ...(days !== undefined && { retentionDays: days }) };
}

/** Access entries with their policies. */
export async function accessIn(answers: Answers, cluster: string): Promise<readonly FoundAccess[]> {
  const of = ["--cluster-name", cluster];
  const principals = await answers.names("accessEntries", "eks", "list-access-entries", ...of);
  const all = await Promise.all(
    principals.map(async (principal): Promise<FoundAccess | undefined> => {
      const whom = [...of, "--principal-arn", principal];
      const at = await answers.one("access-entry", "accessEntry", "eks", "describe-access-entry", ...whom);
      const policies = await answers.listed(
        "access-policy",
        "associatedAccessPolicies",
        "policyArn",
        "eks",
        "list-associated-access-policies",
        ...whom,
      );
      return at && entryOf(at, principal, policies);
    }),
  );
  return all.flatMap((each) => each ?? []);
}

function entryOf(at: Part, principal: string, policies: readonly Part[]): FoundAccess {
  return {
    at,
    id: principal,
    principal: at.at("principalArn").text() ?? principal,
    type: at.at("type").text() ?? "STANDARD",
    groups: listIn(at.at("kubernetesGroups")),
    policies: policies.map((policy) => {
      const type = policy.at("accessScope", "type").text();
      return {
        at: policy,
        name: policy.at("policyArn").text()?.split("/").at(-1) ?? "",
        namespaces: scopeOf(type, policy.at("accessScope", "namespaces").texts()),
      };
    }),
  };
}
