import type { FoundAccess, FoundCluster } from "../found/cluster";
import { fact, factOrNone } from "../found/fact";
import { SAYS, tellUnlike } from "../found/unlike";
import { factsIn, listIn } from "../part-facts";
import type { Part } from "../part";
import { scopeOf } from "../settings/access";
import type { Links } from "./links";
import { thing } from "./network";
import type { Resource } from "./project";

/** aws_eks_cluster, of the EKS module or by itself; names and defaults are those of the AWS provider 6.25.0. */
export function clusterIn(cluster: Resource, links: Links): FoundCluster {
  const { part, values } = cluster;
  const vpc = first(part.at("vpc_config"));
  const network = first(part.at("kubernetes_network_config"));
  const ipFamily = network.at("ip_family");
  const shift = first(part.at("zonal_shift_config")).at("enabled").flag();
  const protection = part.at("deletion_protection");
  const supportType = first(part.at("upgrade_policy")).at("support_type");
  const version = factOrNone(part.at("version").text(), part.at("version"));
  const name = factOrNone(part.at("name").text(), part.at("name"));
  const key = first(first(part.at("encryption_config")).at("provider"))
    .at("key_arn")
    .text();
  const role = part.at("role_arn").text();
  const made = new Set(links.of("aws_security_group").map(({ values: own }) => own.id));
  tellUnlike(
    vpc.at("security_group_ids"),
    (ids) => Array.isArray(ids) && ids.every((id) => made.has(id as string)),
    SAYS.groups,
  );
  const isProtected = factOrNone(protection.flag(), protection);
  return {
    ...thing(cluster),
    ...(typeof values.arn === "string" && { arn: values.arn }),
    ...(name && { name }),
    ...(version && { version }),
    endpoint: endpointIn(vpc),
    serviceCidr: serviceCidrIn(network.at("service_ipv4_cidr"), cluster),
    ...(ipFamily.text() === "ipv6" && { ipv6: ipFamily }),
    support: fact(supportType.text() === "STANDARD" ? "standard" : "extended", supportType),
    logs: logsIn(cluster, links),
    ...(shift !== undefined && { zonalShift: shift }),
    ...(isProtected && { deletionProtection: isProtected }),
    subnets: vpc.at("subnet_ids").texts(),
    securityGroups: vpc.at("security_group_ids").texts(),
    ...(role !== undefined && { roleArn: role }),
    ...(key !== undefined && { kmsKeyArn: key }),
    tags: factsIn(part.at("tags")),
  };
}

/** Blocks are lists of one. */
export function first(block: Part): Part {
  return block.items()[0] ?? block.at("0");
}

function endpointIn(vpc: Part): FoundCluster["endpoint"] {
  const isPublic = vpc.at("endpoint_public_access").flag() ?? true;
  vpc.at("endpoint_private_access").flag();
  const ranges = vpc.at("public_access_cidrs");
  const facts = listIn(ranges);
  return { at: vpc, isPublic, ranges: isPublic ? facts : [] };
}

/** EKS chooses one where none is written, and which is known once the cluster is there. */
function serviceCidrIn(cidr: Part, { values }: Resource): FoundCluster["serviceCidr"] {
  const written = cidr.text();
  if (written === undefined && values.id === undefined)
    cidr.changed(
      "172.20.0.0/16, where EKS chooses 10.100.0.0/16 or 172.20.0.0/16; it can't be changed later",
    );
  return fact(written, cidr);
}

function logsIn({ part }: Resource, links: Links): FoundCluster["logs"] {
  const at = part.at("enabled_cluster_log_types");
  const name = part.at("name").text() ?? "";
  const group = links
    .of("aws_cloudwatch_log_group")
    .find(({ values }) => values.name === `/aws/eks/${name}/cluster`);
  const days = group && links.use(group).part.at("retention_in_days").number();
  return { at, kinds: at.texts(), ...(days !== undefined && { retentionDays: days }) };
}

/** Access entries with their policies, and what the aws-auth ConfigMap maps. */
export function accessIn(links: Links): readonly FoundAccess[] {
  const policies = links.of("aws_eks_access_policy_association");
  const entries = links.of("aws_eks_access_entry").map((entry): FoundAccess => {
    const { part, values } = links.use(entry);
    const principal = part.at("principal_arn").text() ?? "";
    const own = policies.filter((each) =>
      values.principal_arn === undefined
        ? links.from(each, "principal_arn", "aws_eks_access_entry").includes(entry)
        : each.values.principal_arn === principal,
    );
    return {
      ...thing(entry),
      principal,
      type: part.at("type").text() ?? "STANDARD",
      groups: listIn(part.at("kubernetes_groups")),
      policies: own.map((each) => policyIn(links.use(each))),
    };
  });
  return entries;
}

function policyIn({ part }: Resource): FoundAccess["policies"][number] {
  const scope = first(part.at("access_scope"));
  const type = scope.at("type").text();
  part.at("principal_arn").text();
  return {
    at: part,
    name: part.at("policy_arn").text()?.split("/").at(-1) ?? "",
    namespaces: scopeOf(type, scope.at("namespaces").texts()),
  };
}
