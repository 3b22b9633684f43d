import { exists } from "../../reads/reads";
import { listed } from "../../text/listed";
import { typeOfAddress } from "../../text/terraform-address";
import { type Adoptions, adoptions } from "../schema/adoption";
import type { Problem } from "./problem";
import { readLayer } from "./read-layer";
import { type ConfigPath, formatPath, keyPosition, locate, type SourceNode, toPlain } from "./source-node";

/** Behind a region's name: beside the target's own file, with which it is committed. */
export const ADOPT_ENDING = ".adopt.yaml";

/** Where it is kept what a target takes over. */
export function adoptionsFile(environmentDir: string, region: string): string {
  return `${environmentDir}/${region}${ADOPT_ENDING}`;
}

/**
 * What a target takes over; undefined where it takes nothing over.
 *
 * @param stacks of the target
 */
export function readAdoptions(
  file: string,
  { name, stacks }: { readonly name: string; readonly stacks: readonly string[] },
): { readonly adoptions?: Adoptions; readonly problems: readonly Problem[] } {
  if (!exists(file)) return { problems: [] };
  const { root, problems, broken } = readLayer({ file });
  if (broken) return { problems };
  const read = adoptions.safeParse(toPlain(root));
  const at = (path: ConfigPath, message: string): Problem => {
    const { found, node } = locate(root, path);
    const value = found && node.kind === "scalar" ? String(node.value) : undefined;
    return {
      ...keyPosition(root, path),
      path: formatPath(path),
      ...(value !== undefined && { value }),
      message,
    };
  };
  const wrong = read.success
    ? []
    : read.error.issues.flatMap((issue) => told(issue).map(([path, message]) => at(path, message)));
  const unknown = stacksOf(root)
    .filter((stack) => !stacks.includes(stack))
    .map((stack) => at([stack], `${name} has no such stack; must be one of ${listed(stacks)}`));
  const all = [...problems, ...unknown, ...wrong];
  if (!read.success || all.length > 0) return { problems: all };
  return {
    adoptions: read.data,
    problems: contradictions(read.data).map(([path, message]) => at(path, message)),
  };
}

const KINDS: Readonly<Record<string, string>> = { string: "text", array: "a list" };

type Told = readonly [path: ConfigPath, message: string];

function told(issue: {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly keys?: readonly string[];
  readonly issues?: readonly { readonly message: string }[];
}): readonly Told[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  switch (issue.code) {
    case "unrecognized_keys":
      return (issue.keys ?? []).map((key) => [
        [...path, key],
        "is not a known key; must be one of imports, changes, creates, replaces",
      ]);
    case "invalid_key":
      return [[path, issue.issues?.[0]?.message ?? "must be the address of a resource"]];
    case "invalid_type":
      return [[path, `must be ${KINDS[issue.expected ?? ""] ?? "a map"}`]];
    case "too_small":
      return [[path, "must not be empty; remove it"]];
    default:
      return [[path, issue.message]];
  }
}

function stacksOf(root: SourceNode): readonly string[] {
  return root.kind === "map" ? [...root.entries.keys()] : [];
}

/** What can't be meant: one thing in two places, or one that is taken over and made. */
function contradictions(all: Adoptions): readonly Told[] {
  const owners = new Map<string, string>();
  return Object.entries(all).flatMap(([stack, { imports, creates }]) => [
    ...Object.entries(imports).flatMap(([address, id]): Told[] => {
      const key = `${typeOfAddress(address)} ${id}`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, address);
      return owner === undefined
        ? []
        : [
            [
              [stack, "imports", address],
              `is imported as ${owner} already, and what exists has one owner; remove one`,
            ],
          ];
    }),
    ...creates.flatMap((address, index): Told[] =>
      Object.hasOwn(imports, address)
        ? [[[stack, "creates", index], "is imported, so it is not created; remove one of the two"]]
        : [],
    ),
  ]);
}
