import fs from "node:fs";
import path from "node:path";
import { TerraformOutput, TerraformStack, type App } from "cdktf";
import type { StackSink } from "../../../src/synth/output/made-stacks";
import { writeOutput } from "../../../src/synth/output/write-output";
import { inSynthesizedProject } from "../../support/synthesized-project";
import { aFolder } from "../../support/fixtures";
import { contents } from "../../support/output-bundle";

const { run } = inSynthesizedProject();
afterEach(() => jest.restoreAllMocks());

/** Names of files in stacks' folders that are written, copied or moved while something is done. */
async function written(work: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const note = (file: unknown) => {
    const name = /\/stacks\/(.+)$/.exec(String(file))?.[1];
    if (name !== undefined) names.push(name);
  };
  const watch = (name: "writeFileSync" | "copyFileSync" | "renameSync" | "mkdirSync", at: number) => {
    const original = fs[name] as (...args: unknown[]) => unknown;
    jest.spyOn(fs, name).mockImplementation((...args: unknown[]) => {
      note(args[at]);
      return original(...args) as never;
    });
  };
  watch("writeFileSync", 0);
  watch("copyFileSync", 1);
  watch("renameSync", 1);
  watch("mkdirSync", 0);
  await work();
  jest.restoreAllMocks();
  return names.sort();
}

test("a full run over what is there already writes no file of a stack", async () => {
  const before = contents("out");

  expect(await written(() => run({ force: true }))).toEqual([]);
  expect(contents("out")).toEqual(before);
});

test("a full run writes the files that are not as they would be, once, and moves them", async () => {
  const before = contents("out");
  fs.appendFileSync("out/stacks/dev-us-east-1-cni/cdk.tf.json", " ");
  fs.rmSync("out/stacks/dev-us-west-2-nodes", { recursive: true });

  const names = await written(() => run({ force: true }));

  expect(names.filter((name) => name.endsWith(".json"))).toEqual([
    "dev-us-east-1-cni/cdk.tf.json",
    "dev-us-east-1-cni/cdk.tf.json",
    // Moved with its folder.
    "dev-us-west-2-nodes/cdk.tf.json",
  ]);
  expect(contents("out")).toEqual(before);
});

test("--check makes no file of a stack anywhere", async () => {
  fs.appendFileSync("out/stacks/dev-us-east-1-cni/cdk.tf.json", " ");

  expect(await written(() => run({ force: true, check: true }))).toEqual([]);
});

describe("what changes in the folder while stacks are made", () => {
  const out = () => path.join(aFolder({}), "out");
  const scope = { ownerOf: () => "dev/us-east-1", decidesOver: () => true };
  const build = (app: App, sink: StackSink, meanwhile: () => void = () => undefined) => {
    const stack = new TerraformStack(app, "net");
    new TerraformOutput(stack, "version", { value: "1" });
    sink.take([stack]);
    meanwhile();
  };

  test.each<[string, (file: string) => void]>([
    ["edited", (file) => fs.appendFileSync(file, " ")],
    ["removed", (file) => fs.rmSync(file, { force: true })],
    ["removed with its folder", (file) => fs.rmSync(path.dirname(file), { recursive: true, force: true })],
  ])("is put right where a file that was as it should be is %s", (_how, change) => {
    const dir = out();
    writeOutput(dir, scope, build);
    const before = contents(dir);

    writeOutput(dir, scope, (app, sink) =>
      build(app, sink, () => change(path.join(dir, "stacks", "net", "cdk.tf.json"))),
    );

    expect(contents(dir)).toEqual(before);
  });
});
