import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { aFolder } from "../support/fixtures";
import { root } from "../support/pages";

const dir = aFolder({});
const bundle = path.join(dir, "end-process.cjs");

beforeAll(() => {
  buildSync({
    entryPoints: [path.join(root, "src", "cli", "end-process.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    logLevel: "error",
  });
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

/** What a program prints that says so when it is left to end by itself. */
function ran(code: string) {
  const whole = `const { endWhenDone } = require(${JSON.stringify(bundle)});
process.on("beforeExit", () => console.log("by itself"));
process.on("exit", () => console.log("exit"));
process.stdout.write(""); process.stderr.write("");
${code}; endWhenDone();`;
  const { status, stdout } = spawnSync(process.execPath, ["-e", whole], { encoding: "utf8" });
  return { status, said: stdout.split("\n").filter(Boolean) };
}

test("a program that is done ends at once, with its exit code", () => {
  expect(ran("process.exitCode = 3")).toEqual({ status: 3, said: ["exit"] });
});

test.each([
  ["a timer", "setTimeout(() => console.log('done'), 300)"],
  [
    "a file",
    "require('fs').promises.readFile(__filename).catch(() => 0).then(() => setTimeout(() => console.log('done'), 300))",
  ],
  [
    "another process",
    "require('child_process').spawn('sleep', ['0.3']).on('close', () => console.log('done'))",
  ],
])("a program in which %s goes on goes on", (_, code) => {
  expect(ran(code).said).toContain("done");
});

test("what a reader takes late comes whole", async () => {
  const child = spawn(process.execPath, [path.join(root, "bin", "octarine.mjs"), "config", "schema"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  const status = await new Promise((resolve) => child.on("close", resolve));
  const text = Buffer.concat(parts).toString("utf8");

  // More than what a pipe holds.
  expect(text.length).toBeGreaterThan(1 << 17);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(status).toBe(0);
});
