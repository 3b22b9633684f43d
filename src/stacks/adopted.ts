import { TerraformElement, TerraformModule, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { Target } from "../model/target";
import { ExpectedError } from "../text/errors";
import { fewOf } from "../text/listed";
import type { PlatformStack } from "./base/platform-stack";

/** A target takes something over that its stack does not have. */
export class AdoptionError extends ExpectedError {}

/**
 * Import blocks for what exists and the stack takes over. They stay when it is done: for what is in the state already, Terraform does
 * nothing (developer.hashicorp.com/terraform/language/import, "idempotent").
 *
 * @throws AdoptionError for an address whose module or resource the stack does not have
 */
export function addImports(stack: PlatformStack, { adoptions, name }: Target): void {
  const imports = Object.entries(adoptions?.[stack.stackName]?.imports ?? {}).sort(byText);
  if (imports.length === 0) return;
  const declared = declaredIn(stack);
  const missing = imports.map(([address]) => address).filter((address) => !declared.has(firstOf(address)));
  if (missing.length > 0) {
    throw new AdoptionError(
      `${name}: ${stack.stackName} takes over ${fewOf(missing)}, and has no such ${missing.length === 1 ? "address" : "addresses"}; remove the lines from its .adopt.yaml, or run npx octarine adopt ${name} ${stack.stackName}`,
    );
  }
  stack.addOverride("import", [...overriddenImports(stack), ...imports.map(([to, id]) => ({ to, id }))]);
}

/** Those that a project adds itself (own-stacks.ts), which would be lost under ours. */
function overriddenImports(stack: PlatformStack): readonly unknown[] {
  const { rawOverrides } = stack as unknown as { readonly rawOverrides: { readonly import?: unknown } };
  return Array.isArray(rawOverrides.import) ? (rawOverrides.import as readonly unknown[]) : [];
}

/** `module.vpc` of `module.vpc.aws_subnet.private[0]`, `aws_eip.nat` of `aws_eip.nat["a"]`: what the stack's JSON declares. */
function firstOf(address: string): string {
  return /^[^.[]+\.[^.[]+/.exec(address)?.[0] ?? address;
}

function declaredIn(node: IConstruct, into = new Set<string>()): ReadonlySet<string> {
  if (TerraformElement.isTerraformElement(node)) {
    if (node instanceof TerraformModule) into.add(`module.${node.friendlyUniqueId}`);
    if (TerraformResource.isTerraformResource(node))
      into.add(`${node.terraformResourceType}.${node.friendlyUniqueId}`);
  }
  for (const child of node.node.children) declaredIn(child, into);
  return into;
}

function byText([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : Number(a > b);
}
