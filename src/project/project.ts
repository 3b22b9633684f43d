import type { Rule } from "../guardrails/rule";
import { allRules } from "../guardrails/rules/all-rules";
import { setOwnRules } from "../guardrails/rules/own-rules";
import { setOwnStacks } from "../model/stacks/own-stacks";
import { isPlatformStack, stackNames } from "../model/stacks/stack-names";
import { setExtended } from "../synth/record/program-hash";
import { PlatformStack } from "../stacks/base/platform-stack";
import { type Override, type OwnStack, setOwnConstructs } from "../stacks/own-stacks";
import { ExpectedError } from "../text/errors";
import { notOneOf, unknownName } from "../text/nearest";

/** What a repository adds to the platform beside its YAML. */
export interface Project {
  /** Stacks of its own, each deployed after those that it names. */
  readonly stacks?: readonly OwnStack[];
  /** Guardrails of its own, for synth, check and plans. */
  readonly rules?: readonly Rule[];
  /** Called with each stack of each target, the platform's and its own, when all of it is there and nothing of it was judged. */
  readonly override?: Override;
}

/** A project says something that can't be. */
export class ProjectError extends ExpectedError {}

/** What a project adds, checked by its types. */
export function defineProject(project: Project): Project {
  return project;
}

/**
 * Makes a project's stacks, rules and changes a part of this program. Before any target is read, and once: a second project
 * takes the place of the first.
 *
 * @throws ProjectError
 */
export function useProject(project: Project): void {
  const { stacks = [], rules = [], override } = project;
  const problems = [...unknownKeys(project), ...stackProblems(stacks), ...ruleProblems(rules)];
  if (problems.length > 0) throw new ProjectError(problems.join("\n"));
  setOwnStacks(stacks);
  setOwnConstructs(stacks, override);
  setOwnRules(rules);
  setExtended(stacks.length > 0 || rules.length > 0 || override !== undefined);
}

const KEYS: readonly string[] = ["stacks", "rules", "override"] satisfies (keyof Project)[];

/** Types are checked by nobody where a project is only run: what is misspelled would be left out in silence. */
function unknownKeys(project: Project): string[] {
  return Object.keys(project)
    .filter((key) => !KEYS.includes(key))
    .map((key) => `defineProject: ${unknownName(key, "a key of it", KEYS)}`);
}

/** A name is part of a stack's id, of which others take the parts by their dashes. */
const STACK_NAME = /^[a-z][a-z0-9]{0,29}$/;

function stackProblems(stacks: readonly OwnStack[]): string[] {
  return stacks.flatMap(({ name, after, stack }, index) => {
    const earlier = stacks.slice(0, index).map((each) => each.name);
    const known = [...stackNames, ...earlier];
    const said = (problem: string) => `stack ${name}: ${problem}`;
    return [
      ...(STACK_NAME.test(name)
        ? []
        : [said("its name must be small letters and digits, at most 30, a letter first")]),
      ...(isPlatformStack(name) ? [said("the platform has a stack of this name; choose another")] : []),
      ...(earlier.includes(name) ? [said("is listed twice; keep one")] : []),
      ...(after.length > 0
        ? []
        : [said("after is required: name the stacks that it needs, for example nodes")]),
      ...after
        .filter((each) => !known.includes(each))
        .map((each) => said(`after ${each}: ${notOneOf(each, "a stack that comes before it", known)}`)),
      ...(stack.prototype instanceof PlatformStack ? [] : [said(OTHER_COPY)]),
    ];
  });
}

const OTHER_COPY =
  "its class must extend PlatformStack or InClusterStack of the octarine that runs; run the one that the project installs (npx octarine)";

function ruleProblems(rules: readonly Rule[]): string[] {
  const ids = [...allRules, ...rules].map(({ id }) => id);
  return rules.flatMap(({ id }) => [
    ...(/^OWN(-[A-Z0-9]+)+$/.test(id)
      ? []
      : [
          `rule ${id}: its id must begin with OWN-, which no guardrail of the platform does, for example OWN-TOPIC-KEY`,
        ]),
    ...(ids.indexOf(id) === ids.lastIndexOf(id) ? [] : [`rule ${id}: is listed twice; keep one`]),
  ]);
}
