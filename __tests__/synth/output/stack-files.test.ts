import fs from "node:fs";
import path from "node:path";
import {
  Annotations,
  App,
  Aspects,
  AssetType,
  TerraformAsset,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
} from "cdktf";
import fc from "fast-check";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { addTargetStacks } from "../../../src/stacks/target-stacks";
import { OutputLayout } from "../../../src/synth/output/layout";
import { stackFiles } from "../../../src/synth/output/stack-files";
import { stableText } from "../../../src/synth/output/stable-text";
import { stage, withoutStackTraces } from "../../../src/synth/output/stage";
import { write, type Wanted } from "../../../src/synth/output/wanted";
import { writeOutput } from "../../../src/synth/output/write-output";
import { aFolder } from "../../support/fixtures";

const root = path.join(__dirname, "..", "..", "..");
const source = aFolder({ "a.txt": "a", "run.sh": "#!/bin/sh\n", "in/b.txt": "b", "in/deep/c.txt": "" });
fs.chmodSync(path.join(source, "run.sh"), 0o755);
fs.mkdirSync(path.join(source, "empty"));
fs.symlinkSync("a.txt", path.join(source, "link.txt"));

class Example extends TerraformStack {
  asset(id: string, type: AssetType, from = source): void {
    const { path: at } = new TerraformAsset(this, id, { path: from, type, assetHash: "0a" });
    new TerraformOutput(this, `${id}-path`, { value: at });
  }
}

/** Paths, kinds, modes and contents of all that lies in a folder. */
function listing(dir: string): unknown[] {
  return fs
    .readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith(".octarine"))
    .sort()
    .map((name) => {
      const file = path.join(dir, name);
      const stat = fs.lstatSync(file);
      return [name, stat.mode, stat.isFile() && fs.readFileSync(file, "utf8")];
    });
}

const scope = { ownerOf: () => "dev/us-east-1", decidesOver: () => true };

/** What lies in the folder where stacks are handed over, and where the framework writes them. */
function both(fill: (stack: Example) => void): { readonly ours: unknown[]; readonly framework: unknown[] } {
  const written = (handsOver: boolean) => {
    const out = path.join(aFolder({}), "out");
    writeOutput(out, scope, (app, sink) => {
      const stack = new Example(app, "one");
      fill(stack);
      stack.prepareStack();
      if (handsOver) sink.take([stack]);
    });
    return listing(out);
  };
  return { ours: written(true), framework: written(false) };
}

test.each<[string, (stack: Example) => void]>([
  ["nothing", () => undefined],
  [
    "copies of a folder and of a file",
    (stack) => {
      stack.asset("all", AssetType.DIRECTORY);
      stack.asset("again", AssetType.DIRECTORY);
      stack.asset("one", AssetType.FILE, path.join(source, "in", "b.txt"));
      stack.asset("program", AssetType.FILE, path.join(source, "run.sh"));
    },
  ],
  ["an annotation", (stack) => Annotations.of(stack).addWarning("think of it")],
  [
    "an aspect",
    (stack) => {
      new TerraformOutput(stack, "before", { value: "1" });
      Aspects.of(stack).add({
        visit: (node) => {
          if (node instanceof TerraformOutput) node.addOverride("description", "said by an aspect");
        },
      });
    },
  ],
])("what is written of a stack with %s is what the framework writes", (_what, fill) => {
  const { ours, framework } = both(fill);

  expect(ours).toEqual(framework);
  expect(ours).toContainEqual(["stacks/one/cdk.tf.json", expect.any(Number), expect.stringContaining("{")]);
});

test("a validation that fails stops both, in the same words", () => {
  const failing = (stack: Example) => stack.node.addValidation({ validate: () => ["never right"] });
  const messages = [true, false].map((handsOver) => {
    try {
      writeOutput(path.join(aFolder({}), "out"), scope, (app, sink) => {
        const stack = new Example(app, "one");
        failing(stack);
        stack.prepareStack();
        stack.prepareStack();
        if (handsOver) sink.take([stack]);
      });
      return "";
    } catch (error) {
      return String(error);
    }
  });

  expect(messages[0]).toContain("never right");
  expect(messages[0]).toBe(messages[1]);
});

test("of an archive, another version of the framework or HCL only the framework knows what it writes", () => {
  const known = (fill: (stack: Example) => void, app = new App({ outdir: aFolder({}) })) => {
    const stack = new Example(app, "one");
    fill(stack);
    return stackFiles(stack, new Map()) !== undefined;
  };

  expect(known(() => undefined)).toBe(true);
  expect(known((stack) => stack.asset("zip", AssetType.ARCHIVE))).toBe(false);
  expect(known((stack) => Object.defineProperty(stack, "cdktfVersion", { value: "0.22.0" }))).toBe(false);
  expect(known((stack) => new TerraformStack(stack, "inner"))).toBe(false);
  expect(known(() => undefined, new App({ outdir: aFolder({}), hclOutput: true }))).toBe(false);
});

test("what is written of every target of envs is what the framework writes", () => {
  for (const target of loadFleet(path.join(root, "envs")).targets) {
    const [ours, framework] = [aFolder({}), aFolder({})];
    stage(
      new OutputLayout(framework),
      framework,
      (app) => withoutStackTraces(() => void addTargetStacks(app, target)),
      "all",
    );
    fs.mkdirSync(path.join(ours, "stacks"));
    const app = new App({ outdir: aFolder({}) });
    const sources = new Map<string, Wanted | undefined>();
    for (const stack of withoutStackTraces(() => addTargetStacks(app, target))) {
      stack.prepareStack();
      const files = stackFiles(stack, sources);
      expect([stack.node.id, files]).toEqual([stack.node.id, expect.any(Map)]);
      if (files !== undefined) write(files, path.join(ours, "stacks", stack.node.id));
    }
    const manifest = fs.readFileSync(path.join(framework, "manifest.json"), "utf8");
    fs.rmSync(path.join(framework, "manifest.json"));
    expect(listing(ours)).toEqual(listing(framework));
    expect(stableText(app.manifest.buildManifest(), app.manifest.version)).toBe(manifest);
  }
});

test("any plain data is the text that the framework makes of it", () => {
  const { manifest } = new App({ outdir: aFolder({}) });
  const json = fc.jsonValue();
  const holes = fc.dictionary(fc.string(), fc.option(json, { nil: undefined }));
  fc.assert(
    fc.property(fc.oneof(json, holes, fc.array(fc.option(holes, { nil: undefined }))), (value) => {
      Object.assign(manifest.stacks, { one: value });
      manifest.writeToFile();
      const written = fs.readFileSync(path.join(manifest.outdir, "manifest.json"), "utf8");
      expect(stableText(manifest.buildManifest(), manifest.version)).toBe(written);
    }),
    {
      examples: [[{ 10: [], 9: {}, "2": [[]], a: undefined }], [[undefined]], [""], [null]],
    },
  );
});

test("of a version that nobody looked at there is no text", () => {
  expect(stableText([], "0.22.0")).toBeUndefined();
  expect([stableText([{}], "0.21.0"), stableText([{}], "0.24.0")]).toEqual(["[\n  {\n  }\n]", "[\n  {}\n]"]);
});

test("an element that only a stack's own class writes is there, too", () => {
  class Own extends TerraformElement {
    override toTerraform(): unknown {
      return { locals: { b: [], a: {} } };
    }
  }
  const { ours, framework } = both((stack) => new Own(stack, "own"));

  expect(ours).toEqual(framework);
});
