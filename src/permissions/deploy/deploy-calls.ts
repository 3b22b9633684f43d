import type { AwsCall } from "../../components/aws-call";
import { iamAction } from "../../facts/iam-actions";
import { iamRegion } from "../../guardrails/names/named-calls";
import { type AwsPlace, onceOf, type Resource } from "../../guardrails/resource";
import { at, isAbsent, isFalse, isUnknown, text, type Value } from "../../values/value";
import { moduleGrants } from "../grants/module-grants";
import { deployArn, deployArns, type Find } from "./arns";
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
  const find: Find = (stack, address) => byAddress.get(`${stack}/${address}`);
  const followed = (arn: string, stack: string): string => {
    if (!arn.startsWith("${")) return arn;
    const [, address] = /^\$\{(.*)\.arn\}$/.exec(arn) ?? [];
    const [, module] = /^\$\{(module\.[\w-]+)\.iam_role_arn\}$/.exec(arn) ?? [];
    const other = find(stack, address ?? `${module}.aws_iam_role.this[0]`);
    return other === undefined ? arn : (deployArns(other, place, find)[0] ?? arn);
  };
  const made = all.filter((each) => /^(data\.)?aws_/.test(each.type) && !isOfModuleRole(each));
  const own = new Map(resources.flatMap(assumedRole));
  return merged([
    ...alike(made).flatMap((group) =>
      providerCallsFor(
        group,
        group.flatMap((each) => deployArns(each, place, find).map((arn) => followed(arn, each.stack))),
        place,
      ),
    ),
    ...made.flatMap((each) => roleReads(each, own.get(each.stack), place, followed)),
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
  // One for all that carry the same: whoever merges calls then compares each once.
  const regional = contextOf("", resource, place);
  const global = contextOf("iam:", resource, place);
  const isMade = (action: string): boolean => {
    const attribute = onlyWith[type]?.[action];
    return attribute === undefined || given.includes(attribute);
  };
  return deeds.flatMap((deed) =>
    [
      ...known.calls[deed].filter((action) => isMade(action) && !isRoleRead(action, type)),
      ...tagCalls(type, deed),
    ].map((action): AwsCall => ({
      action,
      resources,
      context: GLOBAL.test(action) ? global : regional,
      why: `${deed} ${type}`,
      source: known.source,
      when: deed,
    })),
  );
}

/** Whether a call is on a role, and what makes it is none. */
function isRoleRead(action: string, type: string): boolean {
  return action === "iam:GetRole" && READS_ROLE.includes(type);
}

/** Of a profile the provider reads the role that it has; the EKS module asks which role deploys. */
const READS_ROLE = ["aws_iam_instance_profile", "data.aws_iam_session_context"];

function roleReads(
  resource: Resource,
  deployRole: string | undefined,
  place: AwsPlace,
  followed: (arn: string, stack: string) => string,
): AwsCall[] {
  if (!READS_ROLE.includes(resource.type)) return [];
  const { role } = resource.attributes;
  const arn = isAbsent(role)
    ? (deployRole ?? "*")
    : deployArn({ ...resource, type: "aws_iam_role_policy", attributes: { role } }, place);
  return [
    {
      action: "iam:GetRole",
      resources: [followed(arn, resource.stack)],
      context: contextOf("iam:GetRole", resource, place),
      why: `read ${resource.type}`,
      source: providerCalls(resource.type)?.source ?? "",
      when: "read",
    },
  ];
}

/** By stack, the role that its provider of AWS takes. */
function assumedRole({ type, stack, attributes }: Resource): [string, string][] {
  const arn = type === "provider.aws" ? text(at(attributes, "assume_role", "role_arn")) : "";
  return arn === "" ? [] : [[stack, arn]];
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
  const inside = partsOf(resources).get(moduleKey(call)) ?? [];
  const prefix = `${call.address}.aws_iam_role.`;
  const roles = inside.filter(({ address, type }) => type === "aws_iam_role" && address.startsWith(prefix));
  const known = providerCalls("aws_iam_role_policy_attachment");
  const ownPolicies = new Map(
    moduleGrants(call, place).roles.map(({ address, own }) => [
      address,
      own.map((policy) => policy.address).filter((each) => each.startsWith("aws_iam_policy.")),
    ]),
  );
  return roles.flatMap((role) => {
    const { policyArns, passedTo } = useOf(call, role, place.partition);
    const arn = deployArn(role, place);
    const written = ownPolicies.get(role.address.slice(call.address.length + 1)) ?? [];
    const ownArns = inside
      .filter(({ address }) => written.includes(address.slice(call.address.length + 1)))
      .map((policy) => deployArn(policy, place));
    const attached = [...policyArns, ...ownArns].flatMap((policy) =>
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

/** Resources by the module that they are in, found once for all of them. */
const partsOf = onceOf((resources) => {
  const parts = new Map<string, Resource[]>();
  for (const each of resources) {
    if (!each.address.startsWith("module.")) continue;
    const own = parts.get(moduleKey(each));
    if (own === undefined) parts.set(moduleKey(each), [each]);
    else own.push(each);
  }
  return parts;
});

/** Of a module's call, and of what is in it. */
function moduleKey({ stack, address }: Pick<Resource, "stack" | "address">): string {
  return `${stack} ${/^module\.[\w-]+/.exec(address)?.[0] ?? address}`;
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

/** Each action on each resource with the same context once, for what is first: dozens of types describe security groups. */
function merged(calls: readonly AwsCall[]): AwsCall[] {
  const known = new Map<string, Set<string>>();
  const contexts = new Map<AwsCall["context"], string>();
  return calls.flatMap((call) => {
    const context = contexts.get(call.context) ?? JSON.stringify(call.context ?? {});
    contexts.set(call.context, context);
    const key = `${call.action} ${context}`;
    const before = known.get(key) ?? new Set<string>();
    known.set(key, before);
    const resources = (isWithoutResource(call.action) ? ["*"] : call.resources).filter((each) => {
      const isNew = !before.has(each);
      before.add(each);
      return isNew;
    });
    return resources.length === 0 ? [] : [{ ...call, resources }];
  });
}

/** Whether no policy can name a resource for an action. */
function isWithoutResource(action: string): boolean {
  return iamAction(action)?.resources.length === 0;
}
