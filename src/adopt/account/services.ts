import { aws, type Question } from "../../live/question";
import { items, type Json, text } from "../../terraform-plan/json";
import { attributes, type Existing, textAt } from "../existing";
import { type Known, list, optionOf, plannedTexts, type Source, word } from "./source";

const iam = (verb: string, ...args: readonly string[]) => aws("iam", verb, ...args, "--output", "json");
const eks = (verb: string, ...args: readonly string[]) => aws("eks", verb, ...args, "--output", "json");
const once =
  (question: Question): Source["ask"] =>
  () => [question];

/** Names of what was found of a type, of those whose name the plan has or begins. */
function foundNames({ planned, found }: Known, type: string): readonly string[] {
  const own = planned.filter((each) => each.type === type);
  const isMeant = (name: string) =>
    own.some(({ attributes: plan }) => {
      const prefix = word(plan, "name_prefix");
      return word(plan, "name") === name || (prefix !== undefined && name.startsWith(prefix));
    });
  return found
    .filter((each) => each.type === type)
    .flatMap((each) => textAt(each.attributes, "name") ?? [])
    .filter(isMeant)
    .sort();
}

function strings(answer: Json, key: string): readonly string[] {
  return items((answer as { readonly [key: string]: Json } | null)?.[key]).flatMap(
    (each) => text(each) ?? [],
  );
}

/** Clusters that the plan makes or puts something into, if they are there. */
function clusters({ planned, found }: Known): readonly string[] {
  const names = new Set(
    planned.flatMap(
      ({ type, attributes: plan }) => word(plan, type === "aws_eks_cluster" ? "name" : "cluster_name") ?? [],
    ),
  );
  const there = found
    .filter(({ type }) => type === "aws_eks_cluster")
    .flatMap((each) => textAt(each.attributes, "name") ?? [])
    .filter((name) => names.has(name));
  // Told twice: by the list, and by itself.
  return [...new Set(there)];
}

const ofClusters =
  (verb: string): Source["ask"] =>
  (known) =>
    clusters(known).map((name) => eks(verb, "--cluster-name", name));

/** One of a list of names, as a resource of a cluster. */
const named =
  (type: string, key: string, attribute: string): Source["read"] =>
  (answer, question) =>
    strings(answer, key).map((name) => ({
      type,
      attributes: attributes({ cluster_name: optionOf(question, "--cluster-name"), [attribute]: name }),
    }));

const IN_CLUSTERS = [
  "aws_eks_addon",
  "aws_eks_node_group",
  "aws_eks_access_entry",
  "aws_eks_access_policy_association",
  "aws_eks_pod_identity_association",
];

/** Shapes: API references of IAM, KMS, CloudWatch Logs and Amazon EKS. */
export const serviceSources: readonly Source[] = [
  {
    types: ["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"],
    ask: once(iam("list-roles")),
    read: (answer) =>
      list(answer, "Roles").map((each) => ({
        type: "aws_iam_role",
        attributes: attributes({
          id: word(each, "RoleName"),
          name: word(each, "RoleName"),
          arn: word(each, "Arn"),
        }),
      })),
  },
  {
    types: ["aws_iam_role_policy"],
    ask: (known) =>
      foundNames(known, "aws_iam_role").map((role) => iam("list-role-policies", "--role-name", role)),
    read: (answer, question) =>
      strings(answer, "PolicyNames").map((name) => ({
        type: "aws_iam_role_policy",
        attributes: { role: optionOf(question, "--role-name"), name },
      })),
  },
  {
    types: ["aws_iam_role_policy_attachment"],
    ask: (known) =>
      foundNames(known, "aws_iam_role").map((role) =>
        iam("list-attached-role-policies", "--role-name", role),
      ),
    read: (answer, question) =>
      list(answer, "AttachedPolicies").map((each) => ({
        type: "aws_iam_role_policy_attachment",
        attributes: attributes({
          role: optionOf(question, "--role-name"),
          policy_arn: word(each, "PolicyArn"),
        }),
      })),
  },
  {
    types: ["aws_iam_policy", "aws_iam_role_policy_attachment"],
    ask: once(iam("list-policies", "--scope", "Local")),
    read: (answer) =>
      list(answer, "Policies").map((each) => ({
        type: "aws_iam_policy",
        attributes: attributes({
          id: word(each, "Arn"),
          arn: word(each, "Arn"),
          name: word(each, "PolicyName"),
        }),
      })),
  },
  {
    types: ["aws_iam_instance_profile"],
    ask: once(iam("list-instance-profiles")),
    read: (answer) =>
      list(answer, "InstanceProfiles").map((each) => ({
        type: "aws_iam_instance_profile",
        attributes: attributes({
          id: word(each, "InstanceProfileName"),
          name: word(each, "InstanceProfileName"),
        }),
      })),
  },
  {
    types: ["aws_iam_openid_connect_provider"],
    ask: once(iam("list-open-id-connect-providers")),
    read: (answer) =>
      list(answer, "OpenIDConnectProviderList").map((each) => {
        const arn = word(each, "Arn");
        return {
          type: "aws_iam_openid_connect_provider",
          attributes: attributes({ id: arn, arn, url: arn?.replace(/^.*:oidc-provider\//, "") }),
        };
      }),
  },
  {
    types: ["aws_kms_alias", "aws_kms_key"],
    ask: once(aws("kms", "list-aliases", "--output", "json")),
    read: (answer) =>
      list(answer, "Aliases").flatMap((each): Existing[] => {
        const [name, key] = [word(each, "AliasName"), word(each, "TargetKeyId")];
        // Aliases of AWS's own keys belong to no account's Terraform.
        if (key === undefined || name?.startsWith("alias/aws/") === true) return [];
        return [
          { type: "aws_kms_alias", attributes: attributes({ id: name, name, target_key_id: key }) },
          { type: "aws_kms_key", attributes: { id: key, key_id: key } },
        ];
      }),
  },
  {
    types: ["aws_cloudwatch_log_group"],
    ask: (known) =>
      plannedTexts(known, "name", "aws_cloudwatch_log_group").map((name) =>
        aws("logs", "describe-log-groups", "--log-group-name-prefix", name, "--output", "json"),
      ),
    read: (answer) =>
      list(answer, "logGroups").map((each) => ({
        type: "aws_cloudwatch_log_group",
        attributes: attributes({
          id: word(each, "logGroupName"),
          name: word(each, "logGroupName"),
          arn: word(each, "arn")?.replace(/:\*$/, ""),
        }),
      })),
  },
  {
    types: ["aws_cloudwatch_log_resource_policy"],
    ask: once(aws("logs", "describe-resource-policies", "--output", "json")),
    read: (answer) =>
      list(answer, "resourcePolicies").map((each) => ({
        type: "aws_cloudwatch_log_resource_policy",
        attributes: attributes({ id: word(each, "policyName"), policy_name: word(each, "policyName") }),
      })),
  },
  {
    types: ["aws_route53_resolver_query_log_config", "aws_route53_resolver_query_log_config_association"],
    ask: once(aws("route53resolver", "list-resolver-query-log-configs", "--output", "json")),
    read: (answer) =>
      list(answer, "ResolverQueryLogConfigs").map((each) => ({
        type: "aws_route53_resolver_query_log_config",
        attributes: attributes({ id: word(each, "Id"), name: word(each, "Name"), arn: word(each, "Arn") }),
      })),
  },
  {
    types: ["aws_route53_resolver_query_log_config_association"],
    ask: once(aws("route53resolver", "list-resolver-query-log-config-associations", "--output", "json")),
    read: (answer) =>
      list(answer, "ResolverQueryLogConfigAssociations").map((each) => ({
        type: "aws_route53_resolver_query_log_config_association",
        attributes: attributes({
          id: word(each, "Id"),
          resolver_query_log_config_id: word(each, "ResolverQueryLogConfigId"),
          resource_id: word(each, "ResourceId"),
        }),
      })),
  },
  {
    types: ["aws_eks_cluster", ...IN_CLUSTERS, "aws_iam_openid_connect_provider"],
    ask: once(eks("list-clusters")),
    read: (answer) =>
      strings(answer, "clusters").map((name) => ({
        type: "aws_eks_cluster",
        attributes: { id: name, name },
      })),
  },
  {
    types: ["aws_iam_openid_connect_provider"],
    // Once more, for what refers to the cluster's issuer.
    ask: (known) => clusters(known).map((name) => eks("describe-cluster", "--name", name)),
    read: (answer) =>
      [(answer as { readonly cluster?: Json } | null)?.cluster ?? null].flatMap((each): Existing[] => {
        const name = word(each, "name");
        if (name === undefined) return [];
        const all = each as { readonly identity?: { readonly oidc?: { readonly issuer?: Json } } } | null;
        const issuer = text(all?.identity?.oidc?.issuer);
        const identity = issuer === undefined ? undefined : [{ oidc: [{ issuer }] }];
        return [
          {
            type: "aws_eks_cluster",
            attributes: attributes({ id: name, name, arn: word(each, "arn"), identity }),
          },
        ];
      }),
  },
  {
    types: ["aws_eks_addon"],
    ask: ofClusters("list-addons"),
    read: named("aws_eks_addon", "addons", "addon_name"),
  },
  {
    types: ["aws_eks_node_group"],
    ask: ofClusters("list-nodegroups"),
    read: named("aws_eks_node_group", "nodegroups", "node_group_name"),
  },
  {
    types: ["aws_eks_access_entry"],
    ask: ofClusters("list-access-entries"),
    read: named("aws_eks_access_entry", "accessEntries", "principal_arn"),
  },
  {
    types: ["aws_eks_access_policy_association"],
    ask: (known) =>
      clusters(known).flatMap((name) =>
        plannedTexts(known, "principal_arn", "aws_eks_access_policy_association").map((arn) =>
          eks("list-associated-access-policies", "--cluster-name", name, "--principal-arn", arn),
        ),
      ),
    read: (answer, question) =>
      list(answer, "associatedAccessPolicies").map((each) => ({
        type: "aws_eks_access_policy_association",
        attributes: attributes({
          cluster_name: optionOf(question, "--cluster-name"),
          principal_arn: optionOf(question, "--principal-arn"),
          policy_arn: word(each, "policyArn"),
        }),
      })),
  },
  {
    types: ["aws_eks_pod_identity_association"],
    ask: ofClusters("list-pod-identity-associations"),
    read: (answer) =>
      list(answer, "associations").map((each) => ({
        type: "aws_eks_pod_identity_association",
        attributes: attributes({
          cluster_name: word(each, "clusterName"),
          namespace: word(each, "namespace"),
          service_account: word(each, "serviceAccount"),
          association_id: word(each, "associationId"),
        }),
      })),
  },
];
