import fs from "node:fs";
import path from "node:path";
import { OutputLayout } from "../../../src/synth/output/layout";
import { unchangedRun } from "../../../src/synth/record/run-record";
import { contents } from "../../support/output-bundle";
import { inSynthesizedProject } from "../../support/synthesized-project";

const { run, recordOf } = inSynthesizedProject();

describe("the folder that was written", () => {
  const touched: [string, (file: string) => void][] = [
    ["is edited", (file) => fs.appendFileSync(file, " ")],
    [
      "is edited, with its size and time kept",
      (file) => {
        const { atime, mtime } = fs.statSync(file);
        const text = fs.readFileSync(file, "utf8");
        fs.writeFileSync(file, text.slice(0, -1) + (text.endsWith("x") ? "y" : "x"));
        fs.utimesSync(file, atime, mtime);
      },
    ],
    ["is removed", (file) => fs.rmSync(file)],
    [
      "is replaced by a link to the same",
      (file) => {
        fs.renameSync(file, path.resolve("elsewhere"));
        fs.symlinkSync(path.resolve("elsewhere"), file);
      },
    ],
  ];
  const isUnchanged = () =>
    unchangedRun(new OutputLayout("out"), { envs: "envs", targets: [] }, "this program", () => true) !==
    undefined;

  test.each(touched)("is no longer what a run would write where any one of its files %s", (_how, touch) => {
    // Its files are known by their stats from here on.
    expect(isUnchanged()).toBe(true);
    const files = Object.keys(recordOf().outputs).filter((name) => !name.endsWith("/"));
    expect(files).toEqual(
      expect.arrayContaining([
        "manifest.json",
        ".octarine/made.json",
        "stacks/dev-us-east-1-network/cdk.tf.json",
        expect.stringMatching(/^stacks\/dev-us-east-1-policies\/assets\/.+\/Chart\.yaml$/),
      ]),
    );
    for (const name of files) {
      const file = path.join("out", name);
      fs.cpSync(file, "kept");
      touch(file);
      expect([name, isUnchanged()]).toEqual([name, false]);
      fs.rmSync(file, { force: true });
      fs.cpSync("kept", file);
    }
    expect(isUnchanged()).toBe(true);
  });

  test("is no longer that where a file is added to what was written", () => {
    const [folder = ""] = Object.keys(recordOf().outputs).filter((name) => name.endsWith("/"));
    fs.writeFileSync(path.join("out", folder, "more.yaml"), "");

    expect(isUnchanged()).toBe(false);
  });

  test("is still that beside what others keep there, such as Terraform", () => {
    fs.writeFileSync("out/stacks/dev-us-east-1-network/.terraform.lock.hcl", "");

    expect(isUnchanged()).toBe(true);
  });

  test("is told of anew where a state lies there that its bucket lacks, or a run was interrupted", () => {
    fs.writeFileSync("out/stacks/dev-us-east-1-network/errored.tfstate", "{}");
    expect(isUnchanged()).toBe(false);
    fs.rmSync("out/stacks/dev-us-east-1-network/errored.tfstate");
    expect(isUnchanged()).toBe(true);

    fs.writeFileSync("out/.octarine/journal.json", "{}");
    expect(isUnchanged()).toBe(false);
  });

  test("is written again as it was, and the files that were not touched keep their time", async () => {
    const before = contents("out");
    const file = "out/stacks/dev-us-east-1-cni/cdk.tf.json";
    const others = Object.keys(before)
      .map((name) => path.join("out", name))
      .filter((name) => name !== file);
    const times = () => others.map((name) => [name, fs.statSync(name).mtimeMs]);
    const old = new Date("2026-01-01");
    others.forEach((name) => fs.utimesSync(name, old, old));
    const timesBefore = times();
    fs.appendFileSync(file, " ");

    expect((await run()).unchanged).toBe(false);
    expect(contents("out")).toEqual(before);
    expect(times()).toEqual(timesBefore);
  });
});
