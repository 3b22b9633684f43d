import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { declarationOf, type GoPackage, goPackages } from "../provider-source/go-source";
import { isLeftOut } from "./left-out";
import { actionNames, resourceFunctions, serviceNames } from "./resource-functions";
import { sdkCalls } from "./source-graph";

const output = join(resolve(__dirname, "../.."), "src/permissions/deploy/provider-calls.json");

const DEEDS = ["create", "read", "update", "delete"] as const;
type Deed = (typeof DEEDS)[number];

/**
 * Writes src/permissions/deploy/provider-calls.json: the actions that the functions of Terraform's AWS provider reach for each
 * resource type, but for those of left-out.ts.
 *
 * Usage: tsx tools/provider-calls/generate.ts SERVICES VERSION DATE [--left-out]
 *   SERVICES    folder internal/service of the provider's source, or of an index with a file for each declaration
 *               (lonegunmanb/terraform-provider-aws-index has one for each release)
 *   VERSION     of the provider, and the day of its release: 6.25.0 2025-12-04
 *   --left-out  print what was left out
 */
async function generate(
  services: string,
  version: string,
  date: string,
  showLeftOut: boolean,
): Promise<void> {
  const packages = goPackages(services);
  const types = Object.entries(resourceFunctions).map(([type, name]): [string, unknown] => {
    const [folder = "", resource = ""] = name.split(".");
    const starts = startsOf(resource, packages(folder));
    const calls = DEEDS.map((deed): [Deed, string] => {
      const start = starts[deed];
      const reached = start === undefined ? [] : actionsFrom(`${folder}.${start}`, packages);
      const left = reached.filter((action) => isLeftOut(type, deed, action));
      if (showLeftOut && left.length > 0) console.log(`${type} ${deed}: ${left.join(" ")}`);
      return [deed, reached.filter((action) => !left.includes(action)).join(" ")];
    });
    return [
      type,
      {
        ...Object.fromEntries(calls.filter(([, each]) => each !== "")),
        source: `internal/service/${folder} ${resource}`,
      },
    ];
  });
  const text = JSON.stringify({
    source: `hashicorp/terraform-provider-aws ${version}: calls of the AWS SDK that the functions of each resource reach, read in the source as lonegunmanb/terraform-provider-aws-index v${version} has it`,
    sourceDate: date,
    types: Object.fromEntries(types),
  });
  writeFileSync(output, await format(text, { ...(await resolveConfig(output)), filepath: output }));
}

/** The function of each deed: the one that the resource names, or the method of its struct. */
function startsOf(resource: string, inPackage: GoPackage): Readonly<Partial<Record<Deed, string>>> {
  const { text = "", name } = inPackage.get(resource) ?? {};
  if (name === undefined) throw new Error(`the provider has no ${resource}`);
  const found = DEEDS.map((deed): [Deed, string | undefined] => {
    const title = `${deed.slice(0, 1).toUpperCase()}${deed.slice(1)}`;
    const named = new RegExp(`\\b${title}(?:WithoutTimeout|Context)?:\\s+([\\w.]+),`).exec(text)?.[1];
    if (named !== undefined) return [deed, named.includes(".") ? methodOf(named, text) : named];
    const method = `${resource}.${title}`;
    return [deed, declarationOf(method, inPackage) === undefined ? undefined : method];
  });
  return Object.fromEntries(found);
}

/** `h.Upsert` of `h := &queueAttributeHandler{` is `queueAttributeHandler.Upsert`. */
function methodOf(value: string, text: string): string {
  const [variable = "", method = ""] = value.split(".");
  const struct = new RegExp(`\\b${variable} := &?(\\w+)\\{`).exec(text)?.[1] ?? variable;
  return `${struct}.${method}`;
}

function actionsFrom(start: string, packages: (name: string) => GoPackage): string[] {
  const actions = sdkCalls(start, packages).map(
    ({ service, operation }) =>
      `${serviceNames[service] ?? service}:${(service === "s3" && actionNames[operation]) || operation}`,
  );
  return [...new Set(actions)].sort();
}

const [services, version, date, ...flags] = process.argv.slice(2);
if (services === undefined || version === undefined || date === undefined) {
  console.error("usage: tsx tools/provider-calls/generate.ts SERVICES VERSION DATE [--left-out]");
  process.exitCode = 2;
} else void generate(services, version, date, flags.includes("--left-out"));
