import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { isJsonMap, type JsonMap } from "../../src/guardrails/read/json";
import { type Constraint, propertyConstraints } from "./property-constraints";
import { resourceBlocks } from "./provider-schema";
import { resourceTypes } from "./resource-types";
import { terraformPath } from "./terraform-paths";
import { withoutTerraforms } from "./terraform-side";

const project = resolve(__dirname, "../..");
const output = join(project, "src/facts/aws-values.json");

/** Properties that no attribute stands for, or whose values Terraform writes in another way. */
const TAGS = /^(HostedZone)?Tags\b/;

/**
 * Writes src/facts/aws-values.json: what AWS takes for the attributes of the resource types in resource-types.ts.
 *
 * Usage: tsx tools/aws-values/generate.ts CFN_LINT SCHEMA [--unmapped]
 *   CFN_LINT  folder `cfnlint` of the unpacked wheel (`pip download --no-deps cfn-lint==1.58.0`)
 *   SCHEMA    of `terraform providers schema -json`, with the AWS provider
 *   --unmapped  print the properties for which no attribute was found
 */
async function generate(cfnLint: string, schemaFile: string, showUnmapped: boolean): Promise<void> {
  const schemas = join(cfnLint, "data/schemas");
  const index = readJson(join(schemas, "providers/us-east-1.json"));
  const blocks = resourceBlocks(readJson(schemaFile));
  const types = Object.entries(resourceTypes).map(([name, type]): [string, unknown] => {
    const schema = readJson(join(schemas, "resources", `${String(index[type.cloudFormation])}.json`));
    const block = blocks[name];
    if (!isJsonMap(block)) throw new Error(`the provider has no ${name}`);
    const values: Record<string, Constraint> = {};
    for (const [property, constraint] of propertyConstraints(schema)) {
      const plain = property.replaceAll("[]", "");
      if (TAGS.test(plain) || (type.only && !type.only.some((each) => plain.startsWith(each)))) continue;
      const path = terraformPath(property, type, block);
      if (path === undefined) {
        if (showUnmapped) console.error(`${name}: ${property}`);
        continue;
      }
      const kept = withoutTerraforms(constraint, path, { block, optional: type.optional ?? [] });
      if (Object.keys(kept).length > 0) values[path] = { ...values[path], ...kept };
    }
    return [name, { cloudFormation: type.cloudFormation, values: sorted(values) }];
  });
  const text = JSON.stringify({
    source: "CloudFormation registry schemas of us-east-1, as cfn-lint 1.58.0 has them",
    types: Object.fromEntries(types),
  });
  writeFileSync(output, await format(text, { ...(await resolveConfig(output)), filepath: output }));
}

function sorted<Item>(map: Record<string, Item>): Record<string, Item> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readJson(file: string): JsonMap {
  const json: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isJsonMap(json)) throw new Error(`${file} is not a JSON object`);
  return json;
}

const [cfnLint, schemaFile, ...flags] = process.argv.slice(2);
if (cfnLint === undefined || schemaFile === undefined) {
  console.error("usage: tsx tools/aws-values/generate.ts CFN_LINT SCHEMA [--unmapped]");
  process.exitCode = 2;
} else void generate(cfnLint, schemaFile, flags.includes("--unmapped"));
