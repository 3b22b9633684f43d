import type { AwsCall } from "../../components/aws-call";
import { serviceLinkedRoles, type ServiceLinkedRoleName } from "../../facts/service-linked-roles";
import type { AwsPlace, Resource } from "../../guardrails/resource";
import { at, isAbsent, items, text } from "../../values/value";
import { roleArnIn } from "./arns";

type Further = (resource: Resource, place: AwsPlace) => AwsCall[];

const HANDLERS =
  "CloudFormation registry schemas of us-east-1 (handlers' permissions), as cfn-lint 1.58.0 has them";

/**
 * What AWS asks of the caller beside the provider's own calls: the right to pass a role, to grant the use of a key, to
 * have a service-linked role made, to deliver logs.
 */
const further: Readonly<Partial<Record<string, Further>>> = {
  aws_eks_cluster: (resource, place) => [
    ...passing(resource, "role_arn", "eks.amazonaws.com"),
    ...serviceLinked(place, "eks"),
    ...secretsKey(resource, place),
  ],
  aws_eks_node_group: (resource, place) => [
    ...passing(resource, "node_role_arn", "eks.amazonaws.com"),
    ...serviceLinked(place, "eks-nodegroup"),
    call("ec2:RunInstances", ["*"], resource, "try the launch template"),
  ],
  aws_eks_pod_identity_association: (resource) => passing(resource, "role_arn", "pods.eks.amazonaws.com"),
  aws_eks_addon: (resource) =>
    items(resource.attributes.pod_identity_association).flatMap((each) =>
      passing(
        { ...resource, attributes: { role_arn: at(each, "role_arn") } },
        "role_arn",
        "pods.eks.amazonaws.com",
      ),
    ),
  aws_flow_log: (resource) => [
    ...passing(resource, "iam_role_arn", "vpc-flow-logs.amazonaws.com"),
    ...deliveries(resource, "CreateLogDelivery", "DeleteLogDelivery"),
  ],
  aws_lb: (_, place) => serviceLinked(place, "elasticloadbalancing"),
  aws_ec2_transit_gateway_vpc_attachment: (_, place) => serviceLinked(place, "transitgateway"),
  aws_networkfirewall_firewall: (_, place) => serviceLinked(place, "network-firewall"),
  aws_networkfirewall_logging_configuration: (resource) => allDeliveries(resource),
  aws_route53_resolver_query_log_config: (resource) => allDeliveries(resource),
  aws_route53_resolver_endpoint: (resource) =>
    [
      "CreateNetworkInterface",
      "ModifyNetworkInterfaceAttribute",
      "AssignIpv6Addresses",
      "UnassignIpv6Addresses",
    ].map((each) => call(`ec2:${each}`, ["*"], resource, "give it its addresses")),
  aws_vpc_endpoint: (resource) =>
    isAbsent(resource.attributes.service_region)
      ? []
      : [call("vpce:AllowMultiRegion", ["*"], resource, "reach a service of another region")],
  aws_kms_replica_key: (resource) => [
    call("kms:CreateKey", ["*"], resource, "make the key in another region"),
  ],
};

/** Calls beside those of the provider that making a resource takes. */
export function furtherCalls(resource: Resource, place: AwsPlace): AwsCall[] {
  return further[resource.type]?.(resource, place) ?? [];
}

function call(
  action: string,
  resources: readonly string[],
  { type }: Resource,
  why: string,
  context?: AwsCall["context"],
): AwsCall {
  return {
    action,
    resources,
    ...(context && { context }),
    why: `${why} (${type})`,
    source: HANDLERS,
    when: "create",
  };
}

function passing(resource: Resource, attribute: string, service: string): AwsCall[] {
  const arn = roleArnIn(resource.attributes[attribute]);
  if (arn === undefined) return [];
  const context = { "iam:PassedToService": [service] };
  return [
    call("iam:PassRole", [arn], resource, "pass a role", context),
    ...(service === "vpc-flow-logs.amazonaws.com"
      ? []
      : [call("iam:GetRole", [arn], resource, "pass a role")]),
  ];
}

function serviceLinked({ partition, account }: AwsPlace, name: ServiceLinkedRoleName): AwsCall[] {
  const { service, roleName, neededFor } = serviceLinkedRoles[name];
  return [
    {
      action: "iam:CreateServiceLinkedRole",
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/${service}/${roleName}`],
      context: { "iam:AWSServiceName": [service] },
      why: `the first of an account: ${neededFor}`,
      source: HANDLERS,
      when: "create",
    },
  ];
}

/** EKS grants itself the key of secrets in the caller's name (EKS User Guide, "Encrypt Kubernetes secrets with KMS"). */
function secretsKey(resource: Resource, { region }: AwsPlace): AwsCall[] {
  const key = at(resource.attributes, "encryption_config", "provider", "key_arn");
  const arn = roleArnIn(key);
  if (isAbsent(key) || arn === undefined) return [];
  const through = { "kms:ViaService": [`eks.${region}.amazonaws.com`] };
  return [
    call("kms:DescribeKey", [arn], resource, "encrypt secrets", through),
    call("kms:CreateGrant", [arn], resource, "encrypt secrets", {
      ...through,
      "kms:GrantIsForAWSResource": ["true"],
    }),
  ];
}

function deliveries(resource: Resource, ...actions: readonly string[]): AwsCall[] {
  const isToRole = text(resource.attributes.iam_role_arn) !== "";
  return isToRole ? [] : actions.map((each) => call(`logs:${each}`, ["*"], resource, "deliver logs"));
}

function allDeliveries(resource: Resource): AwsCall[] {
  return deliveries(
    resource,
    "CreateLogDelivery",
    "DeleteLogDelivery",
    "DescribeLogGroups",
    "DescribeResourcePolicies",
    "GetLogDelivery",
    "ListLogDeliveries",
    "PutResourcePolicy",
    "UpdateLogDelivery",
  );
}
