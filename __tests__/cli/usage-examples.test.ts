import type { Command } from "commander";
import { program } from "../../src/cli/program";
import { webUis } from "../../src/cli/access/web-uis";
import { installed } from "../../src/components/components";
import { instanceType } from "../../src/facts/instance-types";
import { isStackName } from "../../src/model/stacks/own-stacks";
import { releaseNames } from "../../src/releases/names";
import { aTarget } from "../support/fixtures";

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

/** What each argument takes, by its name. */
const TAKES: Readonly<Record<string, (example: string) => boolean>> = {
  target: (example) => /^[a-z]+\/[a-z]{2}-[a-z]+-\d$/.test(example),
  environment: (example) => /^[a-z]+$/.test(example),
  stack: isStackName,
  release: isRelease,
  a: isRelease,
  b: isRelease,
  "instance-type": (example) => instanceType(example) !== undefined,
  path: isPathOfTarget,
  page: (example) => webUis.has(example),
  component: (example) => installed.some(({ name }) => name === example),
  name: (example) => /^[a-z]+$/.test(example),
  group: (example) => example in aTarget().config.nodes,
  as: (example) => /^[a-z][a-z0-9-]*$/.test(example),
};

function isRelease(example: string): boolean {
  return releaseNames.some((name) => name === example);
}

function isPathOfTarget(example: string): boolean {
  const found = example
    .split(".")
    .reduce<unknown>(
      (at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key],
      aTarget().config,
    );
  return found !== undefined;
}

const examples = leaves(program()).flatMap((command) =>
  command.registeredArguments.flatMap((argument) => {
    const example = /for example ([^\s,;]+)/.exec(argument.description)?.[1];
    return example === undefined ? [] : [[command.name(), argument.name(), example] as const];
  }),
);

test("usage has examples of each of these arguments", () => {
  expect([...new Set(examples.map(([, argument]) => argument))].sort()).toEqual(Object.keys(TAKES).sort());
});

test.each(examples)("the example that octarine %s has of %s is one: %s", (_, argument, example) => {
  expect(TAKES[argument]?.(example)).toBe(true);
});
