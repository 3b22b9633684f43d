import fs from "node:fs";
import path from "node:path";
import { assess } from "../../src/plan-review/assess";
import type { Review } from "../../src/plan-review/model/change";
import { flat } from "../../src/plan-review/model/phrase";
import { readPlan } from "../../src/plan-review/read/read-plan";

export const FIXTURES = path.join(__dirname, "fixtures");

export function fixtureNames(): string[] {
  return fs
    .readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.replace(/\.json$/, ""));
}

export function readFixture(name: string, stack = name) {
  const text = fs.readFileSync(path.join(FIXTURES, `${name}.json`), "utf8");
  return readPlan({ stack, source: `${name}.json`, text });
}

export function reviewFixture(...names: string[]): Review {
  return assess(names.map((name) => readFixture(name)));
}

interface Entry {
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly address?: string;
  readonly more?: object;
  readonly change?: object;
}

/** An entry of `resource_changes`. Actions follow from what is given. */
export function entry(
  type: string,
  { actions, before = null, after = null, unknown = {}, address, more, change }: Entry,
) {
  const implied = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return {
    address: address ?? `${type}.x`,
    mode: "managed",
    type,
    name: "x",
    change: { actions: actions ?? implied, before, after, after_unknown: unknown, ...change },
    ...more,
  };
}

export function planText(entries: readonly object[], more: object = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: entries,
    ...more,
  });
}

export function reviewOf(entries: readonly object[], more: object = {}): Review {
  return assess([readPlan({ stack: "test", source: "plan.json", text: planText(entries, more) })]);
}

/** `RULE what`, for every finding. */
export function findingsOf(review: Review): string[] {
  return [...review.changes, ...review.drift].flatMap(({ findings }) =>
    findings.map(({ rule, what }) => `${rule} ${flat(what)}`),
  );
}
