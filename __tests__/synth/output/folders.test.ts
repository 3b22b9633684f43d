import fs from "node:fs";
import path from "node:path";
import { type App, TerraformStack } from "cdktf";
import { OutputError } from "../../../src/synth/output/output-error";
import { synthesize } from "../../../src/synth/synthesize";
import { aFolder, aTarget } from "../../support/fixtures";
import { contents, writeOutput } from "../../support/output-bundle";

const east = aTarget();
const west = aTarget("", { region: "us-west-2" });
const two = { targets: [east, west] };
const names = ["cluster", "cni", "network", "nodes"];
const stacksOf = (...regions: string[]) =>
  regions.flatMap((region) => names.map((name) => `dev-${region}-${name}`));

let out: string;
const stacksIn = () => fs.readdirSync(path.join(out, "stacks")).sort();
const inStack = (stack: string, file: string) => path.join(out, "stacks", stack, file);
beforeEach(() => (out = path.join(aFolder({}), "out")));

describe("a selection", () => {
  test("replaces the folders of its own targets and no others, and what Terraform keeps there stays", () => {
    synthesize(two, out, { whole: true });
    fs.writeFileSync(inStack("dev-us-west-2-network", ".terraform.lock.hcl"), "# providers\n");
    const before = contents(out);

    synthesize({ targets: [east] }, out);

    expect(stacksIn()).toEqual(stacksOf("us-east-1", "us-west-2"));
    expect(contents(out)).toEqual(before);
  });

  test("stays in the manifest beside the stacks that others made", () => {
    synthesize({ targets: [west] }, out);
    synthesize({ targets: [east] }, out);

    const manifest = JSON.parse(fs.readFileSync(path.join(out, "manifest.json"), "utf8")) as {
      stacks: object;
    };
    expect(Object.keys(manifest.stacks)).toEqual(stacksOf("us-east-1", "us-west-2"));
  });
});

describe("a folder of a stack that is gone", () => {
  test("goes where it holds only what was synthesized", () => {
    synthesize(two, out, { whole: true });

    expect(synthesize({ targets: [east] }, out, { whole: true }).kept).toEqual([]);
    expect(stacksIn()).toEqual(stacksOf("us-east-1"));
  });

  test("stays where it holds anything else, and that is said", () => {
    synthesize(two, out, { whole: true });
    fs.mkdirSync(inStack("dev-us-west-2-cni", ".terraform"));

    const { kept } = synthesize({ targets: [east] }, out, { whole: true });

    expect(kept).toEqual([
      `${path.join(out, "stacks", "dev-us-west-2-cni")} no longer belongs to a stack; it stays because of what else is in it: .terraform`,
    ]);
    expect(stacksIn()).toEqual([...stacksOf("us-east-1"), "dev-us-west-2-cni"]);
    expect(fs.readFileSync(path.join(out, "manifest.json"), "utf8")).not.toContain("us-west-2");
  });

  test("goes in the next run, once it was emptied of that", () => {
    synthesize(two, out, { whole: true });
    fs.writeFileSync(inStack("dev-us-west-2-cni", ".terraform.lock.hcl"), "");
    synthesize({ targets: [east] }, out, { whole: true });
    fs.rmSync(inStack("dev-us-west-2-cni", ".terraform.lock.hcl"));

    synthesize({ targets: [east] }, out, { whole: true });

    expect(stacksIn()).toEqual(stacksOf("us-east-1"));
  });
});

test.each<[string, () => void]>([
  ["of a stack that is made again", () => synthesize({ targets: [west] }, out)],
  ["of a stack that is gone", () => synthesize({ targets: [east] }, out, { whole: true })],
])("a state that its bucket lacks, %s, stops the synthesis and changes nothing", (_name, again) => {
  synthesize(two, out, { whole: true });
  fs.writeFileSync(inStack("dev-us-west-2-cluster", "errored.tfstate"), "{}");
  const before = contents(out);

  expect(again).toThrow(OutputError);
  expect(again).toThrow(
    /errored\.tfstate is the only copy of a state .*\n {2}\(cd .*dev-us-west-2-cluster && terraform state push/,
  );
  expect(contents(out)).toEqual(before);
});

test("files that a synthesis did not make stay, beside stacks and in their folders", () => {
  fs.mkdirSync(path.join(out, "stacks", "mine"), { recursive: true });
  fs.writeFileSync(path.join(out, "stacks", "mine", "main.tf"), "");
  fs.writeFileSync(path.join(out, "notes.txt"), "");

  synthesize({ targets: [east] }, out, { whole: true });
  fs.writeFileSync(inStack("dev-us-east-1-cni", "override.tf"), "");
  synthesize({ targets: [east] }, out, { whole: true });

  expect(Object.keys(contents(out))).toEqual(
    expect.arrayContaining(["notes.txt", "stacks/mine/main.tf", "stacks/dev-us-east-1-cni/override.tf"]),
  );
});

test.each([
  [
    "a manifest.json of another program",
    () => fs.writeFileSync(path.join(out, "manifest.json"), '{ "name": "My app" }'),
    /manifest\.json was not written by a synthesis/,
  ],
  [
    "a file in the folder's place",
    () => (fs.rmdirSync(out), fs.writeFileSync(out, "")),
    /out is a file; name a folder with --out/,
  ],
])("%s is refused and stays as it is", (_name, make, message) => {
  fs.mkdirSync(out);
  make();

  expect(() => synthesize({ targets: [east] }, out)).toThrow(message);
});

test("the folder stays as it was when a synthesis dies half-way", () => {
  synthesize(two, out);
  const before = contents(out);
  const dying = () =>
    writeOutput(out, { ownerOf: () => "dev/us-east-1", decidesOver: () => true }, (app: App) => {
      new TerraformStack(app, "half");
      throw new Error("no more memory");
    });

  expect(dying).toThrow("no more memory");
  expect(contents(out)).toEqual(before);
  expect(fs.readdirSync(path.join(out, ".octarine")).filter((name) => name.startsWith("staging"))).toEqual(
    [],
  );
});
