import type { AwsCall } from "../../components/aws-call";
import { iamRegion } from "../../guardrails/names/named-calls";
import type { AwsPlace, Resource } from "../../guardrails/resource";
import { isAbsent, isFalse, isUnknown, text, type Value } from "../../guardrails/value";
import { deployArn } from "./arns";
import { furtherCalls } from "./further-calls";
import { namelessParts, useOf } from "./module-parts";
import { deeds, onlyWith, providerCalls } from "./provider-calls";
import { stateCalls } from "./state-calls";
import { tagCalls } from "./tagging";

/** Services that have one endpoint in a partition, whatever region a provider is of. */
const GLOBAL = /^(iam|route53|sts):/;

/**
 * All that making, reading, changing and deleting what these stacks hold takes: by the functions of Terraform's provider
 * for each type, on the names that are synthesized. Read from inputs of registry modules, or from plans.
 */
export function deployCalls(resources: readonly Resource[], place: AwsPlace): AwsCall[] {
  const modules = resources.filter(({ type, source }) => type === "module" && source === "input");
  const all = [...resources, ...modules.flatMap(namelessParts)];
  const byAddress = new Map(resources.map((each) => [`${each.stack}/${each.address}`, each]));
  const followed = (arn: string, stack: string): string => {
    if (!arn.startsWith("${")) return arn;
    const [, address] = /^\$\{(.*)\.arn\}$/.exec(arn) ?? [];
    const [, module] = /^\$\{(module\.[\w-]+)\.iam_role_arn\}$/.exec(arn) ?? [];
    const other = byAddress.get(`${stack}/${address ?? `${module}.aws_iam_role.this[0]`}`);
    return other === undefined ? arn : deployArn(other, place);
  };
  const made = all.filter((each) => each.type.startsWith("aws_") && !isOfModuleRole(each));
  return merged([
    ...alike(made).flatMap((group) =>
      providerCallsFor(
        group,
        group.map((each) => followed(deployArn(each, place), each.stack)),
        place,
      ),
    ),
    ...made.flatMap((each) =>
      furtherCallsFor(each, place).map((call) => ({
        ...call,
        resources: call.resources.map((arn) => followed(arn, each.stack)),
      })),
    ),
    ...modules.flatMap((call) => roleCalls(call, resources, place)),
    ...resources.filter(({ type }) => type === "terraform").flatMap((each) => stateCalls(each, place)),
  ]);
}

/** Resources for which the provider makes the same calls, but for their names: most of a type. */
function alike(resources: readonly Resource[]): [Resource, ...Resource[]][] {
  const groups = new Map<string, [Resource, ...Resource[]]>();
  for (const each of resources) {
    const key = JSON.stringify([
      each.type,
      each.attributes.region,
      ownContext(each),
      callingAttributes(each),
    ]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [each]);
    else known.push(each);
  }
  return [...groups.values()];
}

/** Attributes that are set and bring calls of their own. */
function callingAttributes({ type, attributes }: Resource): string[] {
  return Object.values(onlyWith[type] ?? {}).filter(
    (attribute = "") => !isAbsent(attributes[attribute]) && !isFalse(attributes[attribute]),
  ) as string[];
}

function providerCallsFor(
  [resource]: readonly [Resource, ...Resource[]],
  resources: readonly string[],
  place: AwsPlace,
): AwsCall[] {
  const { type } = resource;
  const known = providerCalls(type);
  if (known === undefined) return [];
  const given = callingAttributes(resource);
  const isMade = (action: string): boolean => {
    const attribute = onlyWith[type]?.[action];
    return attribute === undefined || given.includes(attribute);
  };
  return deeds.flatMap((deed) =>
    [...known.calls[deed].filter(isMade), ...tagCalls(type, deed)].map((action): AwsCall => ({
      action,
      resources,
      context: contextOf(action, resource, place),
      why: `${deed} ${type}`,
      source: known.source,
      when: deed,
    })),
  );
}

function furtherCallsFor(resource: Resource, place: AwsPlace): AwsCall[] {
  return providerCalls(resource.type) === undefined
    ? []
    : furtherCalls(resource, place).map((each) => ({
        ...each,
        context: { ...contextOf(each.action, resource, place), ...each.context },
      }));
}

/** Attachments of a module's roles are read with the roles: who knows the policies there does not know the role. */
function isOfModuleRole({ type, address, source }: Resource): boolean {
  return source === "input" && type === "aws_iam_role_policy_attachment" && address.startsWith("module.");
}

/** Roles that registry modules make: their policies are attached, and the role is passed on. */
function roleCalls(call: Resource, resources: readonly Resource[], place: AwsPlace): AwsCall[] {
  const prefix = `${call.address}.aws_iam_role.`;
  const roles = resources.filter(
    ({ address, stack, type }) =>
      type === "aws_iam_role" && stack === call.stack && address.startsWith(prefix),
  );
  const known = providerCalls("aws_iam_role_policy_attachment");
  return roles.flatMap((role) => {
    const { policyArns, passedTo } = useOf(call, role, place.partition);
    const arn = deployArn(role, place);
    const attached = policyArns.flatMap((policy) =>
      ["iam:AttachRolePolicy", "iam:DetachRolePolicy"].map((action): AwsCall => ({
        action,
        resources: [arn],
        context: { "iam:PolicyARN": [policy] },
        why: `policies of roles of ${text(call.attributes.source)}`,
        source: known?.source ?? "",
        when: action === "iam:AttachRolePolicy" ? "create" : "delete",
      })),
    );
    const passed =
      passedTo === undefined
        ? []
        : furtherCalls(
            { ...role, type: "aws_eks_pod_identity_association", attributes: { role_arn: arn } },
            place,
          ).map((each): AwsCall =>
            each.action === "iam:PassRole"
              ? { ...each, context: { "iam:PassedToService": [passedTo] } }
              : each,
          );
    return [...attached, ...passed];
  });
}

function contextOf(action: string, resource: Resource, { partition, region }: AwsPlace): AwsCall["context"] {
  const at = text(resource.attributes.region) || region;
  return {
    "aws:RequestedRegion": [GLOBAL.test(action) ? iamRegion(partition) : at],
    ...ownContext(resource),
  };
}

/** What calls carry of a resource's attributes. */
function ownContext({ type, attributes }: Resource): AwsCall["context"] {
  const named = (value: Value) => (isUnknown(value) ? value.text : text(value));
  const policyArn = type === "aws_iam_role_policy_attachment" ? named(attributes.policy_arn) : "";
  const boundaryArn = type === "aws_iam_role" ? named(attributes.permissions_boundary) : "";
  return {
    ...(policyArn !== "" && { "iam:PolicyARN": [policyArn] }),
    ...(boundaryArn !== "" && { "iam:PermissionsBoundary": [boundaryArn] }),
  };
}

/** One call for each action, context and reason, on all of its resources. */
function merged(calls: readonly AwsCall[]): AwsCall[] {
  const byKey = new Map<string, AwsCall>();
  for (const call of calls) {
    const key = JSON.stringify([call.action, call.context, call.source]);
    const found = byKey.get(key);
    byKey.set(
      key,
      found === undefined
        ? call
        : { ...found, resources: [...new Set([...found.resources, ...call.resources])] },
    );
  }
  return [...byKey.values()];
}
