import type { FoundAccess } from "../found/cluster";
import { fact } from "../found/fact";
import type { Part } from "../part";
import { listIn } from "../part-facts";
import { scopeOf } from "../settings/access";

/** Access entries, and what the aws-auth ConfigMap said. */
export function accessIn(config: Part): readonly FoundAccess[] {
  return [
    ...config.at("accessConfig", "accessEntries").items().map(entryOf),
    ...config.at("iamIdentityMappings").items().map(mappingOf),
  ];
}

function entryOf(entry: Part): FoundAccess {
  const type = entry.at("type").text() ?? "STANDARD";
  return {
    at: entry,
    principal: entry.at("principalARN").text() ?? "",
    type,
    groups: listIn(entry.at("kubernetesGroups")),
    policies: entry
      .at("accessPolicies")
      .items()
      .map((policy) => {
        const type = policy.at("accessScope", "type").text();
        return {
          at: policy,
          name: policy.at("policyARN").text()?.split("/").at(-1) ?? "",
          namespaces: scopeOf(type, policy.at("accessScope", "namespaces").texts()),
        };
      }),
  };
}

/** aws-auth: system:masters is the administrator, and EKS refuses other groups of Kubernetes' own. */
function mappingOf(mapping: Part): FoundAccess {
  const groups = mapping.at("groups").items();
  const isAdmin = groups.some((each) => each.text() === "system:masters");
  return {
    at: mapping,
    principal: mapping.at("arn").text() ?? "",
    type: "STANDARD",
    groups: groups
      .map((each) => fact(each.text() ?? "", each))
      .filter(({ value }) => value !== "system:masters"),
    policies: isAdmin ? [{ at: mapping, name: "AmazonEKSClusterAdminPolicy", namespaces: [] }] : [],
  };
}
