import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { isJsonMap, type JsonMap } from "../../src/guardrails/read/json";
import { resourceBlocks } from "../aws-values/provider-schema";
import { resourceTypes } from "../aws-values/resource-types";
import { resourceFunctions } from "../provider-calls/resource-functions";
import { goPackages } from "../provider-source/go-source";
import { terraformPath } from "../aws-values/terraform-paths";
import { attributeNames } from "./attribute-names";
import { createOnlyNames } from "./create-only-names";
import { otherResources } from "./other-resources";
import { replacements } from "./replacements";

const facts = join(resolve(__dirname, "../.."), "src/plan-review/facts");

/**
 * Writes src/plan-review/facts/forcing-attributes.json, what the AWS provider replaces a resource for, and create-only.json beside it,
 * what AWS itself takes at creation only.
 *
 * Usage: tsx tools/provider-replacements/generate.ts SERVICES VERSION SCHEMA CFN_LINT
 *   SERVICES  as of tools/provider-calls/generate.ts
 *   VERSION   of the provider, such as 6.25.0
 *   SCHEMA, CFN_LINT  as of tools/aws-values/generate.ts
 */
async function generate(
  services: string,
  version: string,
  schemaFile: string,
  cfnLint: string,
): Promise<void> {
  const packages = goPackages(services);
  const blocks = resourceBlocks(readJson(schemaFile));
  const types = { ...resourceFunctions, ...otherResources };
  // Of what is only read nothing is replaced.
  const made = sorted(types).filter(([type]) => !type.startsWith("data."));
  const forcing = made.flatMap(([type, name]): [string, unknown][] => {
    const [folder = "", resource = ""] = name.split(".");
    const block = blocks[type];
    if (!isJsonMap(block)) throw new Error(`the provider has no ${type}`);
    const found = replacements(resource, packages(folder));
    const always = known(found.always, block);
    const byValues = known(found.byValues, block).filter((each) => !always.includes(each));
    if (always.length === 0 && byValues.length === 0) return [];
    return [
      [
        type,
        {
          attributes: topmost(always),
          ...(byValues.length > 0 && { byValues }),
          source: `internal/service/${folder} ${resource}`,
        },
      ],
    ];
  });
  await write("forcing-attributes.json", {
    source: `hashicorp/terraform-provider-aws ${version}: ForceNew and RequiresReplace of the schemas, read in the source as lonegunmanb/terraform-provider-aws-index v${version} has it`,
    version,
    types: Object.fromEntries(forcing),
  });
  await write("create-only.json", {
    source:
      "createOnlyProperties of CloudFormation's registry schemas of us-east-1, as cfn-lint 1.58.0 (PyPI, MIT-0) ships them",
    types: Object.fromEntries(createOnly(join(cfnLint, "data/schemas"), blocks)),
  });
}

function known(paths: readonly string[], block: JsonMap): string[] {
  const names = paths.map((each) => attributeNames(each, block)).filter((each) => each !== undefined);
  return [...new Set(names)].sort();
}

/** A block that forces does so by each of its fields. */
function topmost(paths: readonly string[]): string[] {
  return paths.filter((each) => !paths.some((other) => each.startsWith(`${other}.`)));
}

function createOnly(schemas: string, blocks: Readonly<Record<string, unknown>>): [string, unknown][] {
  const index = readJson(join(schemas, "providers/us-east-1.json"));
  return sorted(resourceTypes).flatMap(([type, resource]): [string, unknown][] => {
    const { cloudFormation, only } = resource;
    const schema = readJson(join(schemas, "resources", `${String(index[cloudFormation])}.json`));
    const properties = pointers(schema.createOnlyProperties).filter(
      (each) => only === undefined || only.some((beginning) => each.startsWith(beginning)),
    );
    const block = blocks[type];
    if (properties.length === 0 || !isJsonMap(block)) return [];
    const attributes: string[] = [];
    const withoutAttribute: string[] = [];
    for (const property of properties) {
      const attribute = createOnlyNames[type]?.[property] ?? terraformPath(property, resource, block) ?? "";
      if (attribute === "") withoutAttribute.push(property);
      else attributes.push(attribute);
    }
    return [
      [
        type,
        {
          cloudFormation,
          attributes: [...new Set(attributes)].sort(),
          ...(withoutAttribute.length > 0 && { withoutAttribute }),
        },
      ],
    ];
  });
}

/** `/properties/KubernetesNetworkConfig/IpFamily` is `KubernetesNetworkConfig.IpFamily`. */
function pointers(value: unknown): string[] {
  const all = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  return all
    .map((each) => each.replace(/^\/properties\//, "").replaceAll(/\/(?:properties\/|items\/|\*\/)*/g, "."))
    .sort();
}

function sorted<Item>(map: Readonly<Record<string, Item>>): [string, Item][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

async function write(name: string, json: unknown): Promise<void> {
  const file = join(facts, name);
  writeFileSync(file, await format(JSON.stringify(json), { ...(await resolveConfig(file)), filepath: file }));
}

function readJson(file: string): JsonMap {
  const json: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isJsonMap(json)) throw new Error(`${file} is not a JSON object`);
  return json;
}

const [services, version, schemaFile, cfnLint] = process.argv.slice(2);
if (services === undefined || version === undefined || schemaFile === undefined || cfnLint === undefined) {
  console.error("usage: tsx tools/provider-replacements/generate.ts SERVICES VERSION SCHEMA CFN_LINT");
  process.exitCode = 2;
} else void generate(services, version, schemaFile, cfnLint);
