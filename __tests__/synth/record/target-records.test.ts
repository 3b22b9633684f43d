import path from "node:path";
import { allRules } from "../../../src/guardrails/rules/all-rules";
import { judgedParts, judgementsOf, targetInventory } from "../../../src/synth/guard-targets";
import { readTargetRecords, writeTargetRecords } from "../../../src/synth/record/target-records";
import { aFolder, aTarget } from "../../support/fixtures";

const file = path.join(aFolder({}), "records");
const cluster = "cluster: { name: same }\n";
const targets = [aTarget(cluster), aTarget(cluster, { environment: "qa" })];
const parts = judgedParts(
  targets.map((target) => ({ target, inventory: () => targetInventory(target) })),
  targets,
);
const judgements = (of: typeof parts) =>
  judgementsOf(
    targets.map((target, index) => ({ target, parts: of[index] ?? { findings: [], named: [] } })),
    () => "2026-11-21",
  );

test("what was judged of a target is the same when it is read again, names that another target takes included", () => {
  const records = parts.map((each, index) => [`${index}`, { seal: "s", stacks: [], parts: each }] as const);
  writeTargetRecords(file, "run", { late: [], targets: new Map(records) });

  const read = readTargetRecords(file, "run", allRules)?.targets;
  const again = parts.map((_, index) => read?.get(`${index}`)?.parts ?? { findings: [], named: [] });

  expect(again).toEqual(parts);
  // One that is read beside one that is made, as when one of two targets changed.
  for (const mixed of [again, [again[0], parts[1]], [parts[0], again[1]]])
    expect(judgements(mixed.flatMap((each) => each ?? []))).toEqual(judgements(parts));
  const twice = judgements(again).map(({ findings }) =>
    findings.filter(({ rule: { id } }) => id === "NAME-TWICE"),
  );
  expect(twice.map(({ length }) => length > 0)).toEqual([true, true]);
});

test("a record of another run, and one that tells of a rule that is not in force, is none", () => {
  expect(readTargetRecords(file, "another run", allRules)).toBeUndefined();
  const [first] = parts[0]?.findings ?? [];
  expect(first).toBeDefined();
  expect(
    readTargetRecords(
      file,
      "run",
      allRules.filter(({ id }) => id !== first?.rule.id),
    ),
  ).toBeUndefined();
  expect(readTargetRecords(`${file}.none`, "run", allRules)).toBeUndefined();
});
