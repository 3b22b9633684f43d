// What a synthesis costs: whole processes, each variant several times in turn, medians and ratios of this one run.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const bin = (name) => path.join(root, "bin", name);
const RUNS = 5;
const TARGETS = 40;

/** A folder with copies of a sample in many environments. */
function fleetOf(count) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-bench-"));
  const envs = path.join(dir, "envs");
  fs.cpSync(path.join(root, "envs", "platform.yaml"), path.join(envs, "platform.yaml"));
  for (let index = 0; index < count; index++) {
    const env = path.join(envs, `env${index}`);
    fs.cpSync(path.join(root, "envs", "dev"), env, { recursive: true });
  }
  const app = `${JSON.stringify(process.execPath)} ${JSON.stringify(bin("synth.mjs"))}`;
  fs.writeFileSync(
    path.join(dir, "cdktf.json"),
    JSON.stringify({ language: "typescript", app, projectId: "bench", sendCrashReports: "false" }),
  );
  return dir;
}

function milliseconds(cwd, args) {
  const start = process.hrtime.bigint();
  const run = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
    timeout: 120_000,
  });
  if (run.status !== 0) throw new Error(`${args.join(" ")} failed:\n${run.stderr}${run.stdout}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const fleet = fleetOf(TARGETS);
const one = fleetOf(1);
const cdktf = path.join(root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
const variants = {
  "1 target": () => milliseconds(one, [bin("octarine.mjs"), "synth"]),
  [`${TARGETS} targets`]: () => milliseconds(fleet, [bin("octarine.mjs"), "synth"]),
  [`${TARGETS} targets, stack traces kept`]: () =>
    milliseconds(fleet, [
      "--require",
      path.join(root, "bench", "keep-stack-traces.cjs"),
      bin("octarine.mjs"),
      "synth",
    ]),
  [`${TARGETS} targets, cdktf synth`]: () => milliseconds(fleet, [cdktf, "synth"]),
};

milliseconds(one, [bin("octarine.mjs"), "synth"]); // makes the bundle
const measured = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  for (const [name, measure] of Object.entries(variants)) measured[name].push(measure());
}
const base = median(measured[`${TARGETS} targets`]);
console.log(`medians of ${RUNS} runs, ratio to "${TARGETS} targets"`);
for (const [name, values] of Object.entries(measured)) {
  console.log(
    `${name.padEnd(34)} ${median(values).toFixed(0).padStart(6)} ms  ${(median(values) / base).toFixed(2)}`,
  );
}
for (const dir of [fleet, one]) fs.rmSync(dir, { recursive: true });
