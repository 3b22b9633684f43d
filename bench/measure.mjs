import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const hook = path.join(path.dirname(fileURLToPath(import.meta.url)), "usage.cjs");

/**
 * Runs a program to its end and says what it took: seconds from start to end, CPU seconds of all its Node.js processes together,
 * and the memory of the largest of them in MB.
 */
export function measure(cwd, command, args, env = {}) {
  const usage = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "octarine-usage-")), "usage");
  fs.writeFileSync(usage, "");
  const start = process.hrtime.bigint();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: {
      ...process.env,
      CI: "1",
      CHECKPOINT_DISABLE: "1",
      NODE_OPTIONS: `--require ${JSON.stringify(hook)}`,
      OCTARINE_BENCH_USAGE: usage,
      ...env,
    },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit ${status}\n${stderr}${stdout}`);
  const lines = fs.readFileSync(usage, "utf8").trim().split("\n").filter(Boolean);
  fs.rmSync(path.dirname(usage), { recursive: true });
  const processes = lines.map((line) => JSON.parse(line));
  return {
    seconds,
    cpuSeconds: processes.reduce((sum, each) => sum + each.cpuSeconds, 0),
    peakMb: Math.max(...processes.map(({ peakMb }) => peakMb)),
  };
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Of several runs, each figure's median. */
export function medians(runs) {
  const of = (name) => middle(runs.map((run) => run[name]));
  return { seconds: of("seconds"), cpuSeconds: of("cpuSeconds"), peakMb: of("peakMb") };
}

/** Runs each of the variants in turn, `rounds` times, so that a machine that gets slower does so for all of them. */
export function inTurn(variants, rounds) {
  const runs = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(variants)) runs[name].push(run());
  return Object.fromEntries(Object.entries(runs).map(([name, each]) => [name, medians(each)]));
}
