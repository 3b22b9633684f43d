import type { z } from "zod";
import { type TargetConfig, targetSchema } from "../schema/target";
import { configPath } from "./schema-problems";
import type { ConfigPath } from "./source-node";

export interface TolerantResult {
  /** The parsed target; where there were issues, with defaults or placeholders in their place. */
  readonly config?: TargetConfig;
  readonly issues: readonly z.core.$ZodIssue[];
  /** Paths whose value in `config` is not the user's: nothing may be concluded from them. */
  readonly doubtful: readonly ConfigPath[];
}

/** A value for each required key, so that the rest of a file can be checked although this one is wrong. `*` is any name. */
function placeholders(region: string): Readonly<Record<string, unknown>> {
  return {
    release: "2026.11",
    account: { id: "123456789012" },
    "account.id": "123456789012",
    state: { region },
    "state.region": region,
    network: { vpcCidr: "10.0.0.0/16", zones: ["a", "b", "c"].map((zone) => region + zone) },
    "network.vpcCidr": "10.0.0.0/16",
    "network.zones": ["a", "b", "c"].map((zone) => region + zone),
    "cni.podCidr": "100.64.0.0/11",
    nodes: { placeholder: { instanceTypes: ["m7i.large"], size: { min: 3, max: 3 } } },
    "nodes.*.instanceTypes": ["m7i.large"],
    "nodes.*.size": { min: 1, max: 1 },
    "nodes.*.size.min": 0,
    "nodes.*.size.max": Number.MAX_SAFE_INTEGER,
  };
}

const MAX_ROUNDS = 6;

/**
 * Parses a target and goes on after errors: what is wrong is left out (or replaced, where it is required), so that one
 * run reports the problems of the whole file and not only those of its first layer.
 */
export function parseTolerantly(plain: unknown, region: string): TolerantResult {
  const first = targetSchema.safeParse(plain);
  if (first.success) return { config: first.data, issues: [], doubtful: [] };

  const fallback = placeholders(region);
  const doubtful: ConfigPath[] = [];
  const value = structuredClone(plain);
  let issues: readonly z.core.$ZodIssue[] = first.error.issues;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const issue of issues) repair(value, issue, fallback, doubtful);
    const next = targetSchema.safeParse(value);
    if (next.success) return { config: next.data, issues: first.error.issues, doubtful };
    issues = next.error.issues;
  }
  return { issues: first.error.issues, doubtful };
}

function repair(
  value: unknown,
  issue: z.core.$ZodIssue,
  fallback: Readonly<Record<string, unknown>>,
  doubtful: ConfigPath[],
) {
  const path = configPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) remove(value, [...path, key]);
    return;
  }
  doubtful.push(path);
  const replacement =
    fallback[path.join(".")] ?? fallback[path.map((step, index) => (index === 1 ? "*" : step)).join(".")];
  if (replacement !== undefined) put(value, path, replacement);
  // A list without its wrong item, or a map without its wrong key; where nothing is there, the map around it goes.
  else if (!remove(value, path)) {
    doubtful.push(path.slice(0, -1));
    remove(value, path.slice(0, -1));
  }
}

type Container = Record<string | number, unknown>;

function container(root: unknown, path: ConfigPath): Container | undefined {
  let at: unknown = root;
  for (const step of path.slice(0, -1)) at = isContainer(at) ? at[step] : undefined;
  return isContainer(at) ? at : undefined;
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

function put(root: unknown, path: ConfigPath, value: unknown): void {
  const parent = container(root, path);
  const key = path.at(-1);
  if (parent !== undefined && key !== undefined) parent[key] = value;
}

function remove(root: unknown, path: ConfigPath): boolean {
  const parent = container(root, path);
  const key = path.at(-1);
  if (parent === undefined || key === undefined || !(key in parent)) return false;
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return true;
}

/** Whether a finding rests on a value that is not the user's. */
export function isDoubtful(path: ConfigPath, doubtful: readonly ConfigPath[]): boolean {
  return doubtful.some((doubt) =>
    doubt.every((step, index) => path[index] === undefined || path[index] === step),
  );
}
