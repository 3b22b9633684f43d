import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { OutputLayout } from "../../../src/synth/output/layout";
import { lockRun } from "../../../src/synth/output/lock";
import { synthesize } from "../../../src/synth/synthesize";
import { aFolder, aTarget } from "../../support/fixtures";

const root = path.join(__dirname, "..", "..", "..");
const work = aFolder({});
const out = path.join(work, "out");
const bundle = path.join(work, "output.cjs");
const east = aTarget();
const west = aTarget("", { region: "us-west-2" });

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

/** Another process at work on dev/us-east-1, until it is killed. */
async function another(): Promise<{ pid: number; readonly kill: () => Promise<void> }> {
  const code =
    `const { lockRun, OutputLayout } = require(${JSON.stringify(bundle)});` +
    `lockRun(new OutputLayout(${JSON.stringify(out)}), "dev/us-east-1", "npx octarine deploy dev/us-east-1");` +
    `console.log("at work"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return {
    pid: child.pid ?? 0,
    kill: () =>
      new Promise((resolve) => {
        child.on("close", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

test("while Terraform works on a target, others may neither run nor replace its folders; they are told who it is", async () => {
  const { pid, kill } = await another();
  const told = new RegExp(
    `dev/us-east-1 is in use in .*out: npx octarine deploy dev/us-east-1 \\(process ${pid}\\) has worked in it since ` +
      "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC; wait until it has ended",
  );

  expect(() => lockRun(new OutputLayout(out), "dev/us-east-1", "npx octarine plan")).toThrow(told);
  expect(() => synthesize({ targets: [east] }, out)).toThrow(told);
  expect(() => synthesize({ targets: [west] }, out)).not.toThrow();
  await kill();
});

test("a lock of a process that is gone holds nobody up", async () => {
  const { kill } = await another();
  await kill();

  const lock = lockRun(new OutputLayout(out), "dev/us-east-1", "npx octarine plan");
  expect(() => synthesize({ targets: [east] }, out)).not.toThrow();
  lock.release();
});

test("a run that has let go of its target can be followed by another", () => {
  const layout = new OutputLayout(out);

  lockRun(layout, "dev/us-east-1", "one").release();
  lockRun(layout, "dev/us-east-1", "two").release();

  expect(fs.readdirSync(layout.locks)).toEqual([]);
});
