import type { Target } from "../../../model/target";
import { regions } from "../../../facts/regions";
import { counted, listed, type Phrase, say } from "../../../plan-review/model/phrase";
import { isStackName } from "../../../model/stacks/own-stacks";
import type { LeftBehind, LeftStack, LeftTarget } from "./left-behind";

/** More layers than these are told in one line. */
const MOST_LINES = 3;

/**
 * A line for each layer and target that is left, and for what could not be looked for.
 *
 * @param commitWith a commit that still has a target's file, where one is known
 */
export function leftBehindLines(
  { name, production }: Pick<Target, "name" | "production">,
  { layers, targets, doubts }: LeftBehind,
  commitWith: (target: string) => string | undefined = () => undefined,
): Phrase[] {
  const allowed = production ? " --allow-prod" : "";
  return [
    ...layerLines(name, layers, allowed),
    ...targets.map((left) => targetLine(left, allowed, commitWith)),
    ...doubts.map((doubt) => say`Not known: ${[doubt]}.`),
  ];
}

/** One by one as long as they are few. */
function layerLines(target: string, layers: readonly LeftStack[], allowed: string): Phrase[] {
  if (layers.length <= MOST_LINES) {
    return layers.map(({ stack, resources }) => {
      const remedy = isStackName(stack)
        ? say`${`npx octarine destroy ${target} ${stack}${allowed}`} removes it`
        : say`the version of Octarine or of octarine.config that made it knows how to remove it`;
      return say`The ${stack} layer of ${target} is no longer in the config; its state holds ${counted(resources, "resource")}; ${remedy}.`;
    });
  }
  const each = listed(
    layers.map(({ stack }) => stack),
    layers.length,
  );
  return [
    say`${layers.length} layers of ${target} are no longer in the config; their states hold ${counted(resourcesOf(layers), "resource")}; ${`npx octarine destroy ${target} LAYER${allowed}`} removes one, in this order: ${each}.`,
  ];
}

function resourcesOf(stacks: readonly LeftStack[]): number {
  return stacks.reduce((sum, each) => sum + each.resources, 0);
}

function targetLine(
  { workspace, stacks }: LeftTarget,
  allowed: string,
  commitWith: (target: string) => string | undefined,
): Phrase {
  const target = targetOf(workspace);
  const resources = resourcesOf(stacks);
  const commit = commitWith(target) ?? "COMMIT";
  const where = commit === "COMMIT" ? ", with a commit that has its file," : "";
  const states = stacks.length === 1 ? "its state holds" : `its ${stacks.length} states hold`;
  return say`${target} is no longer in the config; ${[states]} ${counted(resources, "resource")}; ${`npx octarine destroy ${target} --config-at ${commit}${allowed}`}${[where]} removes it.`;
}

/** `prod-us-east-1` is prod/us-east-1. The environment may be another than the bucket's, where several share one. */
function targetOf(workspace: string): string {
  const region = Object.keys(regions).find((each) => workspace.endsWith(`-${each}`));
  return region === undefined ? workspace : `${workspace.slice(0, -region.length - 1)}/${region}`;
}
