import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { atlantisYaml } from "../../src/ci/atlantis";
import { stacksBefore } from "../../src/model/stacks/stack-order";
import { stackId } from "../../src/model/stacks/state-location";
import { stackNames } from "../../src/model/stacks/stack-names";
import { synthesize } from "../../src/synth/synthesize";
import { ciOptions, samples as fleet } from "../support/ci-files";
import { aFolder } from "../support/fixtures";
import { testUnless } from "../support/missing-tools";

const made = atlantisYaml(fleet, ciOptions()).text;
const step = z.union([z.string(), z.object({ run: z.object({ command: z.string(), output: z.string() }) })]);
const { projects, workflows } = z
  .looseObject({
    version: z.literal(3),
    projects: z.array(
      z.looseObject({
        name: z.string(),
        dir: z.string(),
        workspace: z.string(),
        execution_order_group: z.number(),
        depends_on: z.array(z.string()).default([]),
        autoplan: z.object({ when_modified: z.array(z.string()) }).loose(),
      }),
    ),
    workflows: z.object({ octarine: z.object({ plan: z.object({ steps: z.array(step) }) }).loose() }),
  })
  .parse(parse(made));

test("has a project for each stack of each target", () => {
  expect(projects.map(({ name }) => name)).toEqual(
    fleet.targets.flatMap((target) => target.stacks.map((stack) => stackId(target, stack))),
  );
});

// runatlantis/atlantis v0.47.1, server/events/pre_workflow_hooks_command_runner.go: hooks run in the clone of `default`, and
// project_command_runner.go refuses a project whose folder is not in the clone of its workspace.
test("has the folders that a synthesis writes, in the one clone where a hook can write them", () => {
  const out = aFolder({});
  const written = synthesize({ targets: fleet.targets.slice(0, 1) }, `${out}/cdktf.out`).stacks.map(
    ({ id }) => id,
  );
  const first = projects.slice(0, written.length).map(({ dir }) => dir);

  expect(first).toEqual(written.map((id) => `cdktf.out/stacks/${id}`));
  expect(new Set(projects.map(({ workspace }) => workspace))).toEqual(new Set(["default"]));
});

// The steps take a target's workspace from the name of the project.
test("no stack has a dash in its name", () => {
  expect(stackNames.filter((name) => name.includes("-"))).toEqual([]);
});

test("has each stack wait for those that it needs, in a later group", () => {
  const groupOf = new Map(projects.map((each) => [each.name, each.execution_order_group]));
  const expected = fleet.targets.flatMap((target) =>
    target.stacks.map((stack) => stacksBefore(stack, target).map((each) => stackId(target, each))),
  );

  expect(projects.map(({ depends_on }) => depends_on)).toEqual(expected);
  for (const { depends_on, execution_order_group } of projects) {
    for (const each of depends_on) expect(groupOf.get(each)).toBeLessThan(execution_order_group);
  }
});

test("each step is a command line that sh takes", () => {
  const commands = workflows.octarine.plan.steps.flatMap((each) =>
    typeof each === "string" ? [] : [each.run.command],
  );

  expect(commands).toHaveLength(3);
  expect(commands.filter((each) => spawnSync("sh", ["-n", "-c", each]).status !== 0)).toEqual([]);
});

const ALL = fleet.targets.map(({ name }) => name);
const CHANGES: readonly (readonly [string, readonly string[]])[] = [
  ["envs/platform.yaml", ALL],
  ["envs/workloads/orders.yaml", ALL],
  ["envs/prod/workloads/orders.yaml", ["prod/eu-west-1", "prod/us-east-1", "prod/us-west-2"]],
  ["envs/staging/environment.yaml", ["staging/eu-west-1"]],
  ["envs/dev/us-east-1.yml", ["dev/us-east-1"]],
  // These two are connected: the ranges of one are in the routes and rules of the other.
  ["envs/prod/us-west-2.yaml", ["prod/us-east-1", "prod/us-west-2"]],
  ["envs/prod/eu-west-1.yaml", ["prod/eu-west-1"]],
  ["octarine.config.ts", ALL],
  ["octarine.config.mjs", ALL],
  ["stacks/notices-stack.ts", ALL],
  ["main.ts", ALL],
  ["package.json", ALL],
  ["package-lock.json", ALL],
  ["vendor/gateway-api-v1.4.1.json", ALL],
  ["README.md", []],
  ["docs/ci.md", []],
  ["envs/dev/notes.txt", []],
];

describe("a change plans the targets that it is part of, and no others", () => {
  test.each(CHANGES)("%s", (file, targets) => {
    const planned = projects.filter(({ dir, autoplan }) =>
      autoplan.when_modified.some((pattern) => matches(path.posix.join(dir, pattern), file)),
    );
    const expected = fleet.targets.filter(({ name }) => targets.includes(name));

    expect(planned.map(({ name }) => name)).toEqual(
      expected.flatMap((target) => target.stacks.map((stack) => stackId(target, stack))),
    );
  });
});

/**
 * As Atlantis: patterns are joined with the project's folder (project_finder.go) and are those of moby/patternmatcher, in which
 * `**` and a slash stand for any folders or none.
 */
function matches(pattern: string, file: string): boolean {
  const source = pattern
    .split(/(\*\*\/?)/)
    .map((part) =>
      part === "**"
        ? ".*"
        : part === "**/"
          ? "(.*/)?"
          : part.replace(/[.+^$()|[\]{}]/g, "\\$&").replaceAll("*", "[^/]*"),
    )
    .join("");
  return new RegExp(`^${source}(/.*)?$`).test(file);
}

const { OCTARINE_ATLANTIS } = process.env;

// A program of your own that runs Atlantis's code, called as PROGRAM REPO FILE...: prints JSON with the names of the projects that
// a change of each FILE plans (server/core/config ParseRepoCfg, server/events DetermineProjectsViaConfig). Asked last with v0.47.1.
testUnless(
  OCTARINE_ATLANTIS === undefined ? "OCTARINE_ATLANTIS names no program with Atlantis's own code" : undefined,
  "Atlantis itself reads the file and plans the same projects",
  () => {
    const repo = aFolder({ "atlantis.yaml": made });
    projects.forEach(({ dir }) => fs.mkdirSync(path.join(repo, dir), { recursive: true }));
    const files = CHANGES.map(([file]) => file);
    const planned = z
      .record(z.string(), z.array(z.string()))
      .parse(JSON.parse(execFileSync(OCTARINE_ATLANTIS ?? "", [repo, ...files], { encoding: "utf8" })));

    for (const [file, targets] of CHANGES) {
      const expected = fleet.targets.filter(({ name }) => targets.includes(name));
      expect([file, planned[file]]).toEqual([
        file,
        expected.flatMap((target) => target.stacks.map((stack) => stackId(target, stack))),
      ]);
    }
  },
);
