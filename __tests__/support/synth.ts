import { App, type TerraformStack, Testing } from "cdktf";
import type { Target } from "../../src/config/target";
import type { StackName } from "../../src/stacks/state-location";
import { addTargetStacks } from "../../src/stacks/target-stacks";

/** A block of synthesized Terraform JSON, read as plain data. */
export type Block = Readonly<Record<string, unknown>>;

/** Terraform JSON of a target's stacks, by stack name. */
export function synthTarget(target: Target): Record<StackName, string> {
  const stacks = addTargetStacks(Testing.app(), target);
  // Every stack before any is synthesized: one that reads another may add to it.
  stacks.forEach((stack) => stack.prepareStack());
  return Object.fromEntries(stacks.map((stack) => [stack.stackName, Testing.synth(stack, true)])) as Record<
    StackName,
    string
  >;
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

export function parsed(json: string): Record<string, Record<string, Record<string, Block>>> {
  return JSON.parse(json) as Record<string, Record<string, Record<string, Block>>>;
}

/** Inputs of a module call, by its address. There is no matcher for modules. */
export function moduleInputs(json: string, name: string): Block {
  const modules = (JSON.parse(json) as { module?: Record<string, Block> }).module ?? {};
  const call = modules[name];
  if (call === undefined) throw new Error(`no module ${name}; there are ${Object.keys(modules).join(", ")}`);
  return call;
}

/** All resources of a type, by address. */
export function resourcesOf(json: string, type: string): Record<string, Block> {
  return parsed(json).resource?.[type] ?? {};
}

/** Values of a Helm release, with Terraform's expressions as text. */
export function releaseValues(json: string, name: string): Block {
  const [text] = resourcesOf(json, "helm_release")[name]?.values as string[];
  return JSON.parse(
    (text ?? "").replace(
      /:(\$\{(?:[^{}]|\{[^{}]*\})*\})/g,
      (_, expression: string) => `:${JSON.stringify(expression)}`,
    ),
  ) as Block;
}
