import {
  App,
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";
import { escapeMarked } from "../../stacks/base/template-text";
import { graft, type Json } from "./graft";
import { resolvePlain } from "./plain-values";

/**
 * Versions of cdktf, and of cdktn under its name, whose way from elements to JSON this file follows (lib/terraform-stack.ts, toTerraform; lib/tokens/private/resolve.ts).
 * Tests compare what both write, byte for byte; any other version goes its own way.
 */
const FOLLOWED: readonly string[] = ["0.21.0", "0.24.0"];

/** What cdktf keeps to itself. */
interface Inside {
  readonly cdktfVersion: string;
  readonly rawOverrides: Json;
}

/** Whether the stack's JSON is made here; else the framework makes it, which takes several times as long. */
export function isFollowed(stack: TerraformStack): boolean {
  return FOLLOWED.includes(insideOf(stack).cdktfVersion);
}

function insideOf(stack: TerraformStack): Inside {
  return stack as unknown as Inside;
}

/**
 * The JSON of stacks that are complete, in their order. Each element is resolved once: what the framework resolves beforehand is for
 * references from stack to stack, and is done where there is one.
 */
export function stacksJson(stacks: readonly TerraformStack[]): unknown[] {
  if (stacks.every(isFollowed)) {
    const app = crossingsOf(stacks);
    try {
      const made = stacks.map((stack) => ({ stack, ...stackJson(stack) }));
      const isWhole = made.every(({ stack, elements }) => elementsOf(stack).length === elements);
      if (isWhole && app.crossings() === 0) return made.map(({ json }) => json);
    } finally {
      app.restore();
    }
  }
  stacks.forEach((stack) => stack.prepareStack());
  return stacks.map((stack): unknown => stack.toTerraform());
}

/** Counts references from one stack to another, which add an output to the one and a data source to the other. */
function crossingsOf([first]: readonly TerraformStack[]) {
  let count = 0;
  if (first === undefined) return { crossings: () => count, restore: () => undefined };
  const app = App.of(first);
  const cross = app.crossStackReference.bind(app);
  app.crossStackReference = (...args) => {
    count++;
    return cross(...args);
  };
  return {
    crossings: () => count,
    restore: () => {
      Reflect.deleteProperty(app, "crossStackReference");
    },
  };
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

function stackJson(stack: TerraformStack): { readonly json: unknown; readonly elements: number } {
  stack.ensureBackendExists();
  const resolveToken = (value: unknown): unknown =>
    Tokenization.resolve(value, { scope: stack, resolver: RESOLVER, preparing: true });
  const resolved = (value: unknown) => resolvePlain(value, resolveToken) as Json;
  const elements = elementsOf(stack);
  const { cdktfVersion, rawOverrides } = insideOf(stack);
  const metadata: Json = {
    version: cdktfVersion,
    stackName: stack.node.id,
    // Which the backend lays its own on.
    backend: "local",
    ...(Object.keys(rawOverrides).length > 0 && { overrides: { stack: Object.keys(rawOverrides) } }),
  };
  for (const element of elements) graft(metadata, resolved(element.toMetadata()));
  const json: Json = { "//": { metadata, outputs: outputsOf(elements) } };
  for (const element of elements) graft(json, resolved(element.toTerraform()));
  // What is resolved stays as it is; only what is laid over the whole stack is not yet.
  const isOverridden = Object.keys(rawOverrides).length > 0;
  graft(json, rawOverrides);
  return { json: escapeMarked(isOverridden ? resolved(json) : json), elements: elements.length };
}

/** Outputs by the path of their construct. */
function outputsOf(elements: readonly TerraformElement[]): Json {
  const outputs: Json = {};
  for (const element of elements.filter((each) => TerraformOutput.isTerraformOutput(each))) {
    const names = element.node.path.split("/");
    const last = names.pop() ?? "";
    graft(
      outputs,
      names.reduceRight<Json>((inner, name) => ({ [name]: inner }), { [last]: element.friendlyUniqueId }),
    );
  }
  return outputs;
}

function elementsOf(node: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(node)) into.push(node);
  for (const child of node.node.children) if (!TerraformStack.isStack(child)) elementsOf(child, into);
  return into;
}
