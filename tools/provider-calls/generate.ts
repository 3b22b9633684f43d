import { readFileSync } from "node:fs";
import { typesWithCalls, providerCalls } from "../../src/permissions/deploy/provider-calls";
import { callGraph, type CallGraph } from "./call-graph";
import { actionNames, resourceFunctions, serviceNames } from "./resource-functions";

const PROVIDER = "github.com/hashicorp/terraform-provider-aws/internal/";
const SERVICES = `${PROVIDER}service/`;
const SDK =
  /^github\.com\/aws\/aws-sdk-go-v2\/service\/([a-z0-9]+)\.(?:\(\*Client\)\.([A-Z]\w+)|\(\*(\w+)Paginator\)\.NextPage|New(\w+)(?:Paginator|Waiter)|\(\*(\w+)Waiter\)\.Wait\w*)$/;
const DEEDS = {
  create: ["Create", "Put", "Upsert"],
  read: ["Read"],
  update: ["Update", "Put", "Upsert"],
  delete: ["Delete"],
} as const;

/**
 * Prints, for each resource type, the actions that the functions of Terraform's AWS provider reach, and how
 * src/permissions/deploy/provider-calls.json differs: there calls of a deed that only undo it, or that belong to blocks
 * with resources of their own, are left out, and those that go by way of an interface are written by hand.
 *
 * Usage: tsx tools/provider-calls/generate.ts PROGRAM
 *   PROGRAM  terraform-provider-aws for linux_amd64, unpacked
 */
function main(file: string): void {
  const graph = callGraph(readFileSync(file), (name) => name.startsWith(SERVICES));
  const byFunction = groupByFunction(graph);
  const report = typesWithCalls.map((type) => {
    const [folder = "", prefix = ""] = (resourceFunctions[type] ?? "").split(".");
    const deeds = Object.entries(DEEDS).map(([deed, endings]) => {
      const names = endings.map((each) =>
        prefix.endsWith("Resource")
          ? `${SERVICES}${folder}.(*${prefix}).${each}`
          : `${SERVICES}${folder}.${prefix}${each}`,
      );
      const start = names.find((each) => byFunction.has(each));
      const reached = start === undefined ? [] : actionsFrom(start, byFunction, graph);
      const written = providerCalls(type)?.calls[deed as keyof typeof DEEDS] ?? [];
      return [
        deed,
        {
          reached: reached.join(" "),
          leftOut: reached.filter((each) => !written.includes(each)).join(" "),
          byHand: written.filter((each) => !reached.includes(each)).join(" "),
        },
      ] as const;
    });
    return [type, Object.fromEntries(deeds)] as const;
  });
  console.log(JSON.stringify(Object.fromEntries(report), null, 2));
}

const FUNCTION = new RegExp(`^${SERVICES.replaceAll(".", "\\.")}\\w+\\.(?:\\(\\*?\\w+\\)\\.\\w+|\\w+)`);

/** The function that a closure or a method value is part of. */
function functionOf(name: string): string {
  return FUNCTION.exec(name)?.[0] ?? name;
}

function groupByFunction(graph: CallGraph): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of graph.keys()) {
    const group = functionOf(name);
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return groups;
}

function actionsFrom(
  start: string,
  byFunction: ReadonlyMap<string, readonly string[]>,
  graph: CallGraph,
): string[] {
  const seen = new Set<string>();
  const actions = new Set<string>();
  const todo = [start];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const called of (byFunction.get(name) ?? []).flatMap((part) => graph.get(part) ?? [])) {
      const [, service = "", ...operations] = SDK.exec(called) ?? [];
      const operation = operations.find((each) => each !== undefined);
      if (operation === undefined) todo.push(functionOf(called));
      else
        actions.add(
          `${serviceNames[service] ?? service}:${(service === "s3" && actionNames[operation]) || operation}`,
        );
    }
  }
  return [...actions].sort();
}

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: tsx tools/provider-calls/generate.ts PROGRAM");
  process.exitCode = 2;
} else main(program);
