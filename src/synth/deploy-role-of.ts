import type { App } from "cdktf";
import { sharedEnvironment } from "../fleet/environment";
import { environmentRoleArn } from "../model/environment";
import type { Target } from "../model/target";
import { readStack } from "../guardrails/read/read-stack";
import type { DeployRole, Resource } from "../guardrails/resource";
import { isUnknown, type Value } from "../values/value";
import { BootstrapStack } from "../stacks/bootstrap/bootstrap-stack";
import { stacksJson } from "./resolve/stack-json";
import { unwrittenApp } from "./unwritten-app";

/** The deploy role, and all that bootstrap makes. */
export interface BootstrapRole extends DeployRole {
  readonly stack: string;
  /** Of the role in the bootstrap stack. */
  readonly address: string;
  readonly resources: readonly Resource[];
}

/**
 * What the deploy role of targets of one environment may do, as bootstrap synthesizes it. Undefined where bootstrap
 * does not make it: it belongs to another account, or the targets name several.
 *
 * @param app in which the stack is while it is read; one takes all, because each makes a folder and removes it
 */
export function deployRoleOf(
  targets: readonly Target[],
  app: () => App = unwrittenApp,
): BootstrapRole | undefined {
  const environment = sharedEnvironment(targets);
  if (environment === undefined) return undefined;
  const arn = environmentRoleArn(environment.account.deployRole, environment);
  if (arn.split(":")[4] !== environment.account.id) return undefined;
  const within = app();
  const stack = new BootstrapStack(within, { environment, state: { kind: "bucket" } });
  const [json] = stacksJson([stack]);
  within.node.tryRemoveChild(stack.node.id);
  const resources = readStack(json, stack.node.id).map((each) => inRegion(each, environment.stateRegion));
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const role = resources.find(({ type, attributes }) => type === "aws_iam_role" && attributes.name === name);
  return {
    arn,
    statements: role === undefined ? [] : statementsOf(resources, role),
    stack: stack.node.id,
    address: role?.address ?? "",
    resources,
  };
}

/** Keys are where states are, which need not be a target's region. */
function inRegion(resource: Resource, region: string): Resource {
  return resource.type.startsWith("aws_kms_")
    ? { ...resource, attributes: { region, ...resource.attributes } }
    : resource;
}

/** Statements of the policies that are attached to a role, and of its inline ones. */
function statementsOf(resources: readonly Resource[], role: Resource): Resource[] {
  const ofRole = resources.filter(({ attributes }) => refersTo(attributes.role, role.address));
  const policies = ofRole.flatMap((each) =>
    each.type === "aws_iam_role_policy" ? [each.address] : referred(each.attributes.policy_arn),
  );
  return resources.filter(
    ({ type, address }) =>
      type === "policy-statement" && policies.includes(address.slice(0, address.indexOf("#"))),
  );
}

function refersTo(value: Value, address: string): boolean {
  return referred(value).includes(address);
}

/** `aws_iam_policy.deploy_state` of `${aws_iam_policy.deploy_state.arn}`. */
function referred(value: Value): string[] {
  const found = isUnknown(value) ? /^\$\{(\w+\.[\w-]+)\.\w+\}$/.exec(value.text)?.[1] : undefined;
  return found === undefined ? [] : [found];
}
