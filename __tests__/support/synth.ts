import { App, type IResolvable, TerraformElement, TerraformStack, Testing, Tokenization } from "cdktf";
import type { Construct, Node } from "constructs";
import type { Target } from "../../src/model/target";
import type { PlatformStackName } from "../../src/model/stacks/stack-names";
import { addTargetStacks } from "../../src/stacks/target-stacks";
import { aTarget, type TargetOptions } from "./fixtures";

/** A block of synthesized Terraform JSON, read as plain data. */
export type Block = Readonly<Record<string, unknown>>;

/** Terraform JSON of a target's stacks, by stack name. A stack is synthesized when it is first asked for. */
export function synthTarget(target: Target): Record<PlatformStackName, string> {
  const stacks = addTargetStacks(Testing.app(), target);
  // Every stack before any is synthesized: one that reads another may add to it.
  stacks.forEach((stack) => stack.prepareStack());
  const result: Partial<Record<PlatformStackName, string>> = {};
  for (const stack of stacks) {
    let json: string | undefined;
    const get = () => (json ??= Testing.synth(stack, true));
    Object.defineProperty(result, stack.stackName, { get, enumerable: true });
  }
  return result as Record<PlatformStackName, string>;
}

const known = new Map<string, Record<PlatformStackName, string>>();

/** As `synthTarget`, for the YAML laid over the base; the same YAML is synthesized once in a file of tests. */
export function synthYaml(yaml = "", options: TargetOptions = {}): Record<PlatformStackName, string> {
  const key = JSON.stringify([yaml, options]);
  const stacks = known.get(key) ?? synthTarget(aTarget(yaml, options));
  known.set(key, stacks);
  return stacks;
}

/** Terraform JSON of a single stack that a test builds by hand. */
export function synth(stack: TerraformStack): string {
  App.of(stack)
    .node.findAll()
    .forEach((node) => {
      if ("prepareStack" in node && typeof node.prepareStack === "function")
        (node.prepareStack as () => void)();
    });
  return Testing.synth(stack, true);
}

/** A stack whose addresses are construct paths, as those of the platform are. */
class TestStack extends TerraformStack {
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    return node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map(({ node: { id } }) => id)
      .join("_");
  }
}

/** Terraform JSON of the constructs that `build` puts into an empty stack, which has no providers. */
export function synthConstruct(build: (scope: Construct) => void): string {
  const stack = new TestStack(Testing.app(), "test");
  build(stack);
  stack.prepareStack();
  return Testing.synth(stack);
}

export function parsed(json: string): Record<string, Record<string, Record<string, Block>>> {
  return JSON.parse(json) as Record<string, Record<string, Record<string, Block>>>;
}

/** All module calls, by address. */
export function modulesOf(json: string): Record<string, Block> {
  return (JSON.parse(json) as { module?: Record<string, Block> }).module ?? {};
}

/** Inputs of a module call, by its address. There is no matcher for modules. */
export function moduleInputs(json: string, name: string): Block {
  const modules = modulesOf(json);
  const call = modules[name];
  if (call === undefined) throw new Error(`no module ${name}; there are ${Object.keys(modules).join(", ")}`);
  return call;
}

/** All resources of a type, by address. */
export function resourcesOf(json: string, type: string): Record<string, Block> {
  return parsed(json).resource?.[type] ?? {};
}

/** The only resource of a type, or the one whose address is given. */
export function resource(json: string, type: string, address?: string): Block {
  const all = resourcesOf(json, type);
  const names = address === undefined ? Object.keys(all) : [address];
  const [name = ""] = names;
  const found = all[name];
  if (found === undefined || names.length > 1)
    throw new Error(`not one ${type} ${address ?? ""}; there are ${Object.keys(all).join(", ")}`);
  return found;
}

/** The one configuration of a provider. */
export function providerOf(json: string, name: string): Block {
  const [first, ...others] = (JSON.parse(json) as { provider: Record<string, Block[]> }).provider[name] ?? [];
  if (first === undefined || others.length > 0) throw new Error(`not one provider ${name}`);
  return first;
}

/** The `terraform` block: backend, required providers, required version. */
export function settingsOf(json: string): Block {
  return (JSON.parse(json) as { terraform: Block }).terraform;
}

/** A policy document in an attribute of a resource. */
export function policyIn(block: Block, attribute = "policy"): PolicyDocument {
  return JSON.parse(String(block[attribute])) as PolicyDocument;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Block[];
}

/** The statement with this id. */
export function statement(policy: PolicyDocument, sid: string): Block {
  const found = policy.Statement.find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid}`);
  return found;
}

/** Values of a Helm release, with Terraform's expressions as text. */
export function releaseValues(json: string, name: string): Block {
  const [text] = resource(json, "helm_release", name).values as string[];
  return JSON.parse(
    (text ?? "").replace(/(?<=[:[]|["}\]],)\$\{(?:[^{}]|\{[^{}]*\})*\}/g, (expression) =>
      JSON.stringify(expression),
    ),
  ) as Block;
}

/** A value that a module's types would also allow as an expression. */
export function literal<Value>(value: Value): Exclude<Value, IResolvable> {
  if (Tokenization.isResolvable(value)) throw new Error("an expression, where a literal was expected");
  return value as Exclude<Value, IResolvable>;
}
