import { spawnSync } from "node:child_process";
import os from "node:os";
import { root } from "./projects.mjs";

const figure = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const row = (cells) => `| ${cells.join(" | ")} |`;

function table(head, rows) {
  return [row(head), row(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(row)].join(
    "\n",
  );
}

const costs = ({ seconds, cpuSeconds, peakMb }) => [figure(seconds), figure(cpuSeconds), peakMb.toFixed(0)];

/** What a run was made with: figures of two machines, or of two commits, are not comparable. */
function circumstances() {
  const [first] = os.cpus();
  const git = (...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() ?? "";
  const changed = git("status", "--porcelain") === "" ? "" : " and changes";
  return [
    `${os.cpus().length} cores (${first?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.platform()} ${os.arch()}`,
    `Node.js ${process.versions.node}`,
    `commit ${git("rev-parse", "--short", "HEAD")}${changed}`,
    `${new Date().toISOString().slice(0, 10)}, load ${os.loadavg()[0].toFixed(1)} at the start`,
  ].join("; ");
}

const COSTS = ["wall s", "CPU s", "peak MB"];

/** The page: `base` is the variant that the others are compared with. */
export function resultsPage({
  rounds,
  base,
  compared,
  declared,
  kinds,
  phases,
  curve,
  circumstances: where,
}) {
  const of = (name) => compared[name];
  const ratio = (name) => (of(name).seconds / of(base).seconds).toFixed(1);
  const cpu = (name) => (of(name).cpuSeconds / of(base).cpuSeconds).toFixed(1);
  return [
    "# What a synthesis costs",
    "",
    "Written by `npm run bench` (CONTRIBUTING.md). Whole processes in turn, medians; CPU of all Node.js processes of a run, memory of",
    `the largest. ${where}; ${rounds} rounds.`,
    "",
    "## Against a project as cdktf's template makes it",
    "",
    table(
      ["12 targets, 60 stacks, 24 Helm releases", ...COSTS, "wall, times", "CPU, times"],
      Object.keys(compared).map((name) => [name, ...costs(of(name)), ratio(name), cpu(name)]),
    ),
    "",
    "The naive project (bench/naive) has the same stacks, modules, releases and resources of AWS, and none of the guards, checks and proofs.",
    declared,
    "",
    "## Kinds of runs",
    "",
    table(
      ["run", ...COSTS],
      Object.entries(kinds).map(([name, each]) => [name, ...costs(each)]),
    ),
    "",
    "## Phases",
    "",
    "Of one target and of all targets of the largest fleet above, by commands that end after a phase; each line is what it adds.",
    "",
    table(
      ["phase", ...phases.sizes.flatMap((size) => [`${size} targets, wall s`, "CPU s"])],
      phases.rows.map(([name, ...each]) => [
        name,
        ...each.flatMap(({ seconds, cpuSeconds }) => [figure(seconds), figure(cpuSeconds)]),
      ]),
    ),
    "",
    "## By number of stacks",
    "",
    table(
      ["stacks", ...COSTS, "ms CPU a stack"],
      curve.map(([stacks, each]) => [
        String(stacks),
        ...costs(each),
        ((each.cpuSeconds / stacks) * 1000).toFixed(1),
      ]),
    ),
    "",
  ].join("\n");
}

export { circumstances };
