import { type CiAccess, ciJobs } from "../../src/ci/jobs";
import { tooManyPlaces } from "../../src/ci/matrix";
import { ciOptions, samples } from "../support/ci-files";

const ALL: CiAccess = { plansChanges: () => true, deploys: () => true, plansByClock: () => true };
const jobsOf = (access = ALL, changes = {}) => ciJobs(samples, access, ciOptions(changes));
const tell = (access = ALL, changes = {}) =>
  jobsOf(access, changes).map(({ id, on, needs }) => `${id} (${on.join(", ")}) ${needs.join(" ")}`.trim());

test("a change is checked and planned, the main branch deployed with production last, and peers connected when all are there", () => {
  expect(tell()).toEqual([
    "check (change, main)",
    "plan-dev (change) check",
    "plan-prod (change) check",
    "plan-staging (change) check",
    "deploy-dev (main) check",
    "deploy-prod (main) check deploy-dev deploy-staging",
    "deploy-staging (main) check",
    "federate-prod (main) deploy-prod",
    "drift-dev (schedule)",
    "drift-prod (schedule)",
    "drift-staging (schedule)",
    "left (schedule)",
  ]);
});

test("where no change can be planned, its review is there before the deployment", () => {
  const told = tell({ ...ALL, plansChanges: () => false });

  expect(told).toContain("plan-prod (main) check");
  expect(told).toContain("deploy-prod (main) check plan-prod deploy-dev deploy-staging");
});

test("every job that is needed runs for the same events", () => {
  for (const access of [ALL, { ...ALL, plansChanges: () => false }]) {
    const jobs = jobsOf(access, { shards: 2 });
    const eventsOf = new Map(jobs.map(({ id, on }) => [id, on]));
    for (const { needs, on } of jobs)
      for (const each of needs) expect(eventsOf.get(each)).toEqual(expect.arrayContaining([...on]));
  }
});

test("each part of the targets is synthesized and judged on a machine of its own, and put together", () => {
  const [synth, check] = jobsOf(ALL, { shards: 3 });
  const shards = synth?.places.kind === "shards" ? synth.places.shards : [];

  expect(shards.map(({ shard }) => shard)).toEqual(["1/3", "2/3", "3/3"]);
  expect(shards.flatMap(({ targets }) => targets).sort()).toEqual(
    samples.targets.map(({ name }) => name).sort(),
  );
  expect(JSON.stringify(synth?.steps)).toContain("npx octarine check $TARGETS");
  expect(JSON.stringify(check?.steps)).toContain("--merge parts/cdktf.out.*");
  expect(JSON.stringify(check?.steps)).not.toContain("npx octarine check");
});

test("more machines than targets have no job", () => {
  const [synth] = jobsOf(ALL, { shards: 50 });

  expect(synth?.places).toMatchObject({ kind: "shards", shards: { length: samples.targets.length } });
});

test("an output in Git is compared and not written", () => {
  const commands = (changes: object) => JSON.stringify(jobsOf(ALL, changes).map(({ steps }) => steps));

  expect(commands({ committed: true })).toContain('"npx octarine synth --check"');
  expect(commands({ committed: true, shards: 2 })).toContain(
    '--shard \\\\"$SHARD\\\\" --check'.replaceAll("\\\\", "\\"),
  );
  expect(commands({ committed: true, shards: 2 })).not.toContain("--merge");
});

test("what others deploy is checked here and watched", () => {
  expect(tell(ALL, { deploys: false })).toEqual([
    "check (change, main)",
    "drift-dev (schedule)",
    "drift-prod (schedule)",
    "drift-staging (schedule)",
    "left (schedule)",
  ]);
});

test("a matrix that is too large is told", () => {
  const jobs = jobsOf();

  expect(tooManyPlaces(jobs, 3)).toEqual([]);
  expect(tooManyPlaces(jobs, 2)).toContain(
    "plan-prod: its CI takes at most 2 in a matrix, this has 3; divide the environment",
  );
});
