import { execFile, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { buildSync } from "esbuild";
import { aFolder } from "../../support/fixtures";
import { contents, exampleStacks, writeOutput } from "../../support/output-bundle";

const root = path.join(__dirname, "..", "..", "..");
const child = path.join(root, "__tests__", "support", "killed-at.cjs");
const work = aFolder({});
const bundle = path.join(work, "output.cjs");
const scope = { ownerOf: () => "dev/us-east-1", decidesOver: () => true };
const write = (out: string, version: string) => writeOutput(out, scope, (app) => exampleStacks(app, version));

beforeAll(() => {
  buildSync({
    entryPoints: [path.join(root, "__tests__", "support", "output-bundle.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    logLevel: "error",
  });
});
afterAll(() => fs.rmSync(work, { recursive: true }));

function writeAndDie(out: string, step: number, version: string): { killed: boolean; steps: number } {
  const { signal, stdout, stderr } = spawnSync(
    process.execPath,
    [child, bundle, out, String(step), version],
    { encoding: "utf8" },
  );
  if (signal === null && stdout === "") throw new Error(stderr);
  return { killed: signal === "SIGKILL", steps: Number(stdout) };
}

test("a synthesis that is killed at any step leaves the old folder, or none that counts; the next one finishes it", () => {
  const expected = (version: string) => {
    const out = path.join(work, `whole-${version}`);
    write(out, version);
    return contents(out);
  };
  const [one, two, three] = [expected("1"), expected("2"), expected("3")];
  const { steps } = writeAndDie(path.join(work, "counted"), 0, "2");
  expect(steps).toBeGreaterThan(15);

  let half = 0;
  for (let step = 1; step <= steps + 5; step++) {
    const out = path.join(work, `step-${step}`);
    write(out, "1");
    const lock = path.join(out, "stacks", "net", ".terraform.lock.hcl");
    fs.writeFileSync(lock, "# providers\n");

    const { killed } = writeAndDie(out, step, "2");
    fs.rmSync(lock);
    const left = contents(out);
    const version = !("manifest.json" in left)
      ? "half"
      : killed && left["stacks/nodes-1/cdk.tf.json"]
        ? "1"
        : "2";
    // Only a folder with a manifest is one that the cdktf CLI starts on: then every file in it is of one run.
    if (version === "half") half++;
    else expect({ step, left }).toEqual({ step, left: version === "1" ? one : two });

    write(out, "3");
    expect({ step, left: contents(out) }).toEqual({ step, left: three });
    expect(fs.readdirSync(path.join(out, ".octarine")).sort()).toEqual(["locks", "made.json"]);
  }
  expect(half).toBeGreaterThan(2);
}, 180_000);

test("ten syntheses into one folder at once all end well, and the folder is one of theirs, whole", async () => {
  const out = path.join(work, "crowded");
  const versions = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
  const run = promisify(execFile);

  await Promise.all(versions.map((version) => run(process.execPath, [child, bundle, out, "0", version])));

  const left = contents(out);
  const last = versions.find((version) => `stacks/nodes-${version}/cdk.tf.json` in left) ?? "none";
  const alone = path.join(work, "alone");
  write(alone, last);
  expect(left).toEqual(contents(alone));
}, 120_000);
