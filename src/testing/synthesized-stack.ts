import assert from "node:assert";
import { ExpectedError } from "../text/errors";
import { unknownName } from "../text/nearest";

/** A block of Terraform JSON: attributes by name. */
export type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Block>>;

/** Terraform JSON of one stack, and what a test asks of it. What it asks for fails by AssertionError, which every runner shows. */
export class SynthesizedStack {
  constructor(
    /** Its name: `network`. */
    readonly name: string,
    /** As it is written to cdk.tf.json. */
    readonly json: Block,
  ) {}

  /** Resources of a type, by the last part of their address. */
  resources(type: string): Blocks {
    return this.#blocks("resource", type);
  }

  data(type: string): Blocks {
    return this.#blocks("data", type);
  }

  /**
   * Inputs of a module call, by its address without `module.`
   *
   * @throws ExpectedError where there is none
   */
  module(address: string): Block {
    const modules = (this.json.module ?? {}) as Blocks;
    const found = modules[address];
    if (found === undefined)
      throw new ExpectedError(unknownName(address, `a module of ${this.name}`, Object.keys(modules)));
    return found;
  }

  /** Values that it publishes, by name. */
  get outputs(): Block {
    const outputs = (this.json.output ?? {}) as Blocks;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Fails unless a resource of the type has these attributes, among others. Names as in Terraform: `kms_key_id`. */
  mustHave(type: string, attributes: Block = {}): void {
    const all = this.resources(type);
    const found = Object.values(all).some((each) => has(each, attributes));
    if (!found)
      assert.fail(`${this.name} has no ${type} with ${JSON.stringify(attributes)}; ${shown(type, all)}`);
  }

  /** Fails if a resource of the type has these attributes. */
  mustNotHave(type: string, attributes: Block = {}): void {
    const found = Object.entries(this.resources(type)).filter(([, each]) => has(each, attributes));
    if (found.length > 0)
      assert.fail(`${this.name} has ${found.map(([address]) => `${type}.${address}`).join(", ")}`);
  }

  #blocks(kind: "resource" | "data", type: string): Blocks {
    const all = (this.json[kind] ?? {}) as Readonly<Record<string, Blocks>>;
    return all[type] ?? {};
  }
}

function has(block: Block, attributes: Block): boolean {
  return Object.entries(attributes).every(([name, value]) => {
    try {
      assert.deepStrictEqual(block[name], value);
      return true;
    } catch {
      return false;
    }
  });
}

function shown(type: string, all: Blocks): string {
  const found = Object.entries(all).map(([address, block]) => `${address} ${JSON.stringify(block)}`);
  return found.length === 0 ? `it has no ${type} at all` : `it has:\n${found.join("\n")}`;
}
