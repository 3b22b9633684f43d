import fs from "node:fs";
import path from "node:path";
import { synthOnce } from "../../src/cli/synth/synth-once";
import type { SynthOptions, SynthRun } from "../../src/cli/synth/synth-run";
import type { RunRecord, RunRequest } from "../../src/synth/record/run-record";
import { aFolder } from "./fixtures";
import { projectOfAllInputs } from "./project-of-all-inputs";

type RunOptions = Partial<Omit<SynthOptions, "request">> & { readonly request?: Partial<RunRequest> };

/** Synthesizes as the program would, by default all targets to `out`. */
function run({ request, ...more }: RunOptions = {}): Promise<SynthRun> {
  return synthOnce({
    out: "out",
    program: "this program",
    ...more,
    request: { envs: "envs", targets: [], ...request },
  });
}

/** What the run of all targets to a folder recorded. */
function recordOf(out = "out"): RunRecord {
  const runs = path.join(out, ".octarine", "runs");
  const records = fs
    .readdirSync(runs)
    .filter((each) => /^[0-9a-f]+\.json$/.test(each))
    .map((name) => JSON.parse(fs.readFileSync(path.join(runs, name), "utf8")) as RunRecord);
  const whole = records.find(({ request }) => request.targets.length === 0 && request.shard === undefined);
  if (whole === undefined) throw new Error("there is no record");
  return whole;
}

/**
 * Runs each test of a file in a copy of a project, by default one that has every kind of input, that was synthesized to `out`.
 *
 * @returns how to synthesize it, and what it gave first
 */
export function inSynthesizedProject(project: () => string = projectOfAllInputs) {
  const here = process.cwd();
  const quiet = () => jest.spyOn(process.stderr, "write").mockReturnValue(true);
  let synthesized = "";
  let first: SynthRun | undefined;
  beforeAll(async () => {
    process.chdir((synthesized = project()));
    quiet();
    first = await run();
  }, 120_000);
  beforeEach(() => {
    const copy = aFolder({});
    fs.cpSync(synthesized, copy, { recursive: true });
    process.chdir(copy);
    quiet();
  });
  afterEach(() => {
    const copy = process.cwd();
    process.chdir(here);
    fs.rmSync(copy, { recursive: true });
  });
  afterAll(() => fs.rmSync(synthesized, { recursive: true }));
  return { run, recordOf, first: () => first };
}
