import fs from "node:fs";
import { parseShard, shardOf } from "../../../src/fleet/shard";
import { mergeOutputs } from "../../../src/synth/output/merge-output";
import { aTarget } from "../../support/fixtures";
import { contents } from "../../support/output-bundle";
import { edit } from "../../support/project-of-all-inputs";
import { inSynthesizedProject } from "../../support/synthesized-project";

const { run, first } = inSynthesizedProject();

test("parts that are merged are what one run writes, byte for byte", async () => {
  for (const part of [1, 2, 3]) await run({ out: `part${part}`, request: { shard: `${part}/3` } });

  const { result } = mergeOutputs(["part3", "part1", "part2"], "merged");

  expect(result).toEqual(
    first()
      ?.stacks.map(({ id }) => id)
      .sort(),
  );
  expect(contents("merged")).toEqual(contents("out"));
  expect(fs.readFileSync("merged/.octarine/made.json")).toEqual(fs.readFileSync("out/.octarine/made.json"));
  // Each has targets of its own, or none.
  expect(Object.keys(contents("part3"))).toEqual(["manifest.json"]);
});

test("parts that are copied over one another, their own records aside, hold the stacks of one run", async () => {
  for (const part of [1, 2]) await run({ out: `part${part}`, request: { shard: `${part}/2` } });
  for (const part of ["part1", "part2"]) fs.cpSync(`${part}/stacks`, "copied/stacks", { recursive: true });

  const { "manifest.json": _, ...stacks } = contents("out");
  expect(contents("copied")).toEqual(stacks);
});

test("a part is known by itself where nothing changed, and replaces no other part's stacks", async () => {
  await run({ request: { shard: "2/2" } });

  expect((await run({ request: { shard: "2/2" } })).unchanged).toBe(true);
  expect((await run({ request: { shard: "1/2" } })).unchanged).toBe(false);
  expect((await run()).unchanged).toBe(true);
});

test("what is no whole part is not merged", async () => {
  await run({ out: "part1", request: { shard: "1/2" } });
  const inner = (name: string) => fs.cpSync("part1", name, { recursive: true });

  expect(() => mergeOutputs(["part1", "part1"], "merged")).toThrow(/is in another part, too; name each/);
  expect(() => mergeOutputs(["part1", "nowhere"], "merged")).toThrow(
    "nowhere is not what a synthesis wrote to its end; run synth --shard for it again",
  );
  inner("copied");
  fs.rmSync("copied/.octarine", { recursive: true });
  expect(() => mergeOutputs(["copied"], "merged")).toThrow(/^copied lacks copied\/.octarine\/made.json/);
  expect(fs.existsSync("merged/manifest.json")).toBe(false);
});

test.each<[string, RegExp, (file: string) => void]>([
  ["was edited", /^part1\/stacks\/.+ is not as it was written; run/, (file) => fs.appendFileSync(file, " ")],
  ["was removed", /^part1\/stacks\/.+ is not as it was written; run/, (file) => fs.rmSync(file)],
])("a part in which any file %s after it was written is not merged", async (_how, message, touch) => {
  for (const part of [1, 2]) await run({ out: `part${part}`, request: { shard: `${part}/2` } });
  const files = Object.keys(contents("part1")).filter((name) => name !== "manifest.json");
  const some = files.filter((name) => !name.includes("/assets/") || name.endsWith("Chart.yaml"));

  for (const name of some) {
    const file = `part1/${name}`;
    fs.cpSync(file, "kept");
    touch(file);
    expect(() => mergeOutputs(["part1", "part2"], "merged")).toThrow(message);
    fs.rmSync(file, { force: true });
    fs.cpSync("kept", file);
  }
  expect(mergeOutputs(["part1", "part2"], "merged").result).toHaveLength(first()?.stacks.length ?? 0);
});

test("a part whose manifest or records were changed after they were written is not merged", async () => {
  for (const part of [1, 2]) await run({ out: `part${part}`, request: { shard: `${part}/2` } });
  fs.appendFileSync("part1/manifest.json", "\n");

  expect(() => mergeOutputs(["part1", "part2"], "merged")).toThrow(
    "part1 is not what its records in part1/.octarine/runs tell of; remove it and run synth --shard for it again",
  );
});

test("parts of different commits, or not all of them, are not merged", async () => {
  await run({ out: "part1", request: { shard: "1/2" } });
  expect(() => mergeOutputs(["part1"], "merged")).toThrow("the parts lack 2/2; name the folders of all 2");

  edit("envs/platform.yaml", "owner: platform", "owner: others");
  await run({ out: "part2", request: { shard: "2/2" } });

  expect(() => mergeOutputs(["part1", "part2"], "merged")).toThrow(
    "part1 and part2 were made of different envs/platform.yaml; run synth --shard for all parts again, at one commit",
  );
  expect(fs.existsSync("merged/manifest.json")).toBe(false);
});

test("what a part's folder holds of an earlier fleet is not merged", async () => {
  for (const part of [1, 2]) await run({ out: `part${part}`, request: { shard: `${part}/2` } });
  edit("envs/dev/us-east-1.yaml", "us-west-2", "us-east-2");
  const moved = fs.readFileSync("envs/dev/us-west-2.yaml", "utf8").replaceAll("us-west-2", "us-east-2");
  fs.writeFileSync("envs/dev/us-east-2.yaml", moved);
  fs.rmSync("envs/dev/us-west-2.yaml");
  for (const part of [1, 2]) await run({ out: `part${part}`, request: { shard: `${part}/2` } });

  mergeOutputs(["part1", "part2"], "merged");

  await run();
  expect(contents("merged")).toEqual(contents("out"));
});

test("each target is in one part, and the parts differ by one target at most", () => {
  const targets = Array.from({ length: 11 }, (_, at) => aTarget("", { environment: `env${at}` }));
  const parts = [1, 2, 3, 4].map((index) => shardOf({ targets }, { index, count: 4 }).targets);

  expect(parts.map((part) => part.length)).toEqual([3, 3, 3, 2]);
  expect(new Set(parts.flat())).toEqual(new Set(targets));
});

test.each(["0/3", "4/3", "1", "a/b", "1/0", "1/3/5", " 1/3"])("%j is no part", (text) => {
  expect(parseShard(text)).toBeUndefined();
});
