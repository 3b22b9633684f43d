import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHcl } from "./hcl";
import { entriesOf, listOf, member } from "./json";
import { parseType } from "./parse-type";
import { type TerraformType } from "./terraform-type";

/** An input that a Terraform module declares. */
export interface ModuleVariable {
  readonly name: string;
  readonly type: TerraformType;
  /** True when the declaration has no default. */
  readonly required: boolean;
}

/**
 * All variables that the .tf and .tf.json files of a folder declare, sorted by name.
 *
 * @throws Error that names file and variable when a file or a type cannot be read.
 */
export async function readVariables(folder: string): Promise<ModuleVariable[]> {
  const variables: ModuleVariable[] = [];
  for (const fileName of readdirSync(folder).sort()) {
    if (!/\.tf(\.json)?$/.test(fileName)) continue;
    const content = await parseFile(fileName, readFileSync(join(folder, fileName), "utf8"));
    for (const declarations of listOf(member(content, "variable"))) {
      for (const [name, blocks] of entriesOf(declarations)) {
        variables.push(readVariable(fileName, name, listOf(blocks)[0]));
      }
    }
  }
  return variables.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function parseFile(fileName: string, text: string): Promise<unknown> {
  try {
    return fileName.endsWith(".json") ? JSON.parse(text) : await parseHcl(fileName, text);
  } catch (error) {
    throw new Error(`${fileName} cannot be read: ${messageOf(error)}`);
  }
}

function readVariable(fileName: string, name: string, block: unknown): ModuleVariable {
  const text = member(block, "type") ?? "any";
  try {
    if (typeof text !== "string") throw new Error(`expected text, found ${JSON.stringify(text)}`);
    const required = !entriesOf(block).some(([key]) => key === "default");
    return { name, type: parseType(/^\$\{([\s\S]*)\}$/.exec(text)?.[1] ?? text), required };
  } catch (error) {
    throw new Error(`${fileName}: the type of variable "${name}" cannot be read: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
