// npm run bench [-- --quick]: what a synthesis costs. Writes bench/RESULTS.md; with --quick one round of small fleets, printed only. It compares and
// fails nothing: figures depend on the machine and on what else it does.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { sameDeclared } from "./declared.mjs";
import { inTurn, measure, medians } from "./measure.mjs";
import {
  cdktfSynth,
  fleetOf,
  naiveProject,
  octarine,
  root,
  STACKS_OF_TARGET,
  touchOne,
} from "./projects.mjs";
import { circumstances, resultsPage } from "./results.mjs";

const quick = process.argv.includes("--quick");
const rounds = quick ? 1 : 3;
const COMPARED = 12;
const LARGE = quick ? 20 : 100;
const CURVE = quick ? [2, 20] : [2, 10, 20, 60, 200, 600];

/** A larger sample, with ingress, policies, secrets and GitOps, and how many stacks a target of it has. */
const SAMPLE = "staging";
const SAMPLE_STACKS = 9;

const where = circumstances();
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-bench-"));
const project = (name) => path.join(dir, name);
const say = (text) => process.stderr.write(`${text}\n`);

const fleets = new Map();
/** The folder of a fleet of this many targets; made once. */
function fleet(count, sample = "dev") {
  const name = `${sample}-${count}`;
  if (!fleets.has(name)) fleets.set(name, fleetOf(project(name), count, sample));
  return fleets.get(name);
}

const run = (cwd, ...args) => measure(cwd, ...octarine(...args));
const withStackTraces = (cwd) => {
  const [node, args] = octarine("synth", "--force");
  return measure(cwd, node, ["--require", path.join(root, "bench", "keep-stack-traces.cjs"), ...args]);
};
const synth = (cwd) => run(cwd, "synth", "--force");

try {
  say("bundle, and a naive project");
  synth(fleet(1));
  const naive = naiveProject(project("naive"));
  const cdktf = () => measure(fleet(COMPARED), ...cdktfSynth());
  cdktf();

  say("compared");
  const base = "Octarine, all checks and proofs";
  const [cdktfCommand, cdktfArgs] = cdktfSynth();
  const compared = inTurn(
    {
      [base]: () => synth(fleet(COMPARED)),
      "Octarine by `cdktf synth`": cdktf,
      "naive project by `cdktf synth`": () =>
        measure(naive, cdktfCommand, cdktfArgs, { TARGETS: String(COMPARED) }),
    },
    rounds,
  );

  const declared = sameDeclared(fleet(COMPARED), naive);

  say("kinds of runs");
  const large = fleet(LARGE);
  synth(large);
  let round = 0;
  const kinds = inTurn(
    {
      "`--help`": () => run(large, "--help"),
      [`${COMPARED} targets, the framework's stack traces kept`]: () => withStackTraces(fleet(COMPARED)),
      "1 target": () => synth(fleet(1)),
      [`${LARGE} targets, nothing changed`]: () => run(large, "synth"),
      [`${LARGE} targets, one file changed`]: () => {
        touchOne(large, ++round);
        return run(large, "synth");
      },
      [`${LARGE} targets`]: () => synth(large),
      [`${LARGE} targets with ${SAMPLE_STACKS} stacks each`]: () => synth(fleet(LARGE, SAMPLE)),
    },
    rounds,
  );

  say("phases");
  const sizes = [1, LARGE];
  const steps = {
    "start (`--help`)": (cwd) => run(cwd, "--help"),
    "read the fleet (`list`)": (cwd) => run(cwd, "list"),
    "judge the configs (`config validate`)": (cwd) => run(cwd, "config", "validate"),
    "make, judge and write the stacks (`synth`)": synth,
  };
  const bySize = sizes.map((size) =>
    inTurn(
      Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, () => step(fleet(size))])),
      rounds,
    ),
  );
  const added = (of, name) => {
    const names = Object.keys(of);
    const before = of[names[names.indexOf(name) - 1]] ?? { seconds: 0, cpuSeconds: 0 };
    return {
      seconds: Math.max(0, of[name].seconds - before.seconds),
      cpuSeconds: Math.max(0, of[name].cpuSeconds - before.cpuSeconds),
    };
  };
  const rows = Object.keys(steps).map((name) => [name, ...bySize.map((of) => added(of, name))]);

  const curve = CURVE.map((count) => {
    const stacks = count * STACKS_OF_TARGET;
    say(`${stacks} stacks`);
    const times = stacks > 1000 ? 1 : rounds;
    return [stacks, medians(Array.from({ length: times }, () => synth(fleet(count))))];
  });

  const page = resultsPage({
    rounds,
    base,
    compared,
    declared,
    kinds,
    phases: { sizes, rows },
    curve,
    circumstances: where,
  });
  if (quick) process.stdout.write(page);
  else fs.writeFileSync(path.join(root, "bench", "RESULTS.md"), page);
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
}
