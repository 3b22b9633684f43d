import type { Target } from "../../../config/target";
import { counted, type Phrase, say } from "../../../plan-review/model/phrase";
import type { LeftBehind, LeftTarget } from "./left-behind";

/**
 * A line for each layer and target that is left, and for what could not be looked for.
 *
 * @param commitWith a commit that still has a target's file, where one is known
 */
export function leftBehindLines(
  { name, environment, production }: Pick<Target, "name" | "environment" | "production">,
  { layers, targets, doubts }: LeftBehind,
  commitWith: (target: string) => string | undefined = () => undefined,
): Phrase[] {
  const allowed = production ? " --allow-prod" : "";
  return [
    ...layers.map(
      ({ stack, resources }) =>
        say`The ${stack} layer of ${name} is no longer in the config; its state holds ${counted(resources, "resource")}; ${`npx octarine destroy ${name} ${stack}${allowed}`} removes it.`,
    ),
    ...targets.map((left) => targetLine(left, environment, allowed, commitWith)),
    ...doubts.map((doubt) => say`Not known: ${[doubt]}.`),
  ];
}

function targetLine(
  { workspace, stacks }: LeftTarget,
  environment: string,
  allowed: string,
  commitWith: (target: string) => string | undefined,
): Phrase {
  const target = targetOf(workspace, environment);
  const resources = stacks.reduce((sum, each) => sum + each.resources, 0);
  const commit = commitWith(target) ?? "COMMIT";
  const where = commit === "COMMIT" ? ", with a commit that has its file," : "";
  const states = stacks.length === 1 ? "its state holds" : `its ${stacks.length} states hold`;
  return say`${target} is no longer in the config; ${[states]} ${counted(resources, "resource")}; ${`npx octarine destroy ${target} --config-at ${commit}${allowed}`}${[where]} removes it.`;
}

/** `prod-us-east-1` of the environment prod is prod/us-east-1. */
function targetOf(workspace: string, environment: string): string {
  return workspace.startsWith(`${environment}-`)
    ? `${environment}/${workspace.slice(environment.length + 1)}`
    : workspace;
}
