import { regions as known } from "../../facts/regions";
import { type RegionsConfig, regionsConfig, regionsSchema } from "../schema/regions";
import type { Problem } from "./problem";
import { schemaProblems } from "./schema-problems";
import { keyPosition, locate, type Position, type SourceNode, toPlain } from "./source-node";

/** What an environment's `regions` says. */
export interface RegionSet {
  /** Where each region that there is stands in the list. */
  readonly places: ReadonlyMap<string, Position>;
  /** Undefined where something of it is wrong. */
  readonly config?: RegionsConfig;
}

export const REGIONS_KEY = "regions";

/** `regions` of an environment.yaml; what is wrong with it is told here, too, since it may leave no target to tell it. */
export function regionSet(root: SourceNode): { set?: RegionSet; problems: Problem[] } {
  const { node, found } = locate(root, [REGIONS_KEY]);
  if (!found) return { problems: [] };
  const parsed = regionsSchema.safeParse(toPlain(node));
  const issues = parsed.error?.issues.map((issue) => ({ ...issue, path: [REGIONS_KEY, ...issue.path] }));
  const config = parsed.success ? regionsConfig(parsed.data) : undefined;
  const places = new Map(
    namedIn(node)
      .map(({ name, at }): [string, Position] => [name, at] as const)
      .filter(([name]) => isKnown(name)),
  );
  return {
    set: { places, ...(config && { config }) },
    problems: schemaProblems(issues ?? [], root, { region: "us-east-1", incomplete: false }),
  };
}

/** That `regions` stands where one environment's targets are not made. */
export function misplacedRegions(root: SourceNode): Problem[] {
  if (!locate(root, [REGIONS_KEY]).found) return [];
  const message = "makes the targets of one environment; write it in <environment>/environment.yaml";
  return [{ ...keyPosition(root, [REGIONS_KEY]), path: REGIONS_KEY, message }];
}

function namedIn(node: SourceNode): { name: string; at: Position }[] {
  const { node: list } = node.kind === "map" ? locate(node, ["in"]) : { node };
  if (list.kind !== "list") return [];
  return list.items.flatMap((item) =>
    item.kind === "scalar" ? [{ name: String(item.value), at: item.at }] : [],
  );
}

function isKnown(name: string): boolean {
  return Object.hasOwn(known, name);
}
