import { stringify } from "yaml";
import type { Fleet, Target } from "../../model/target";
import type { CiEvent, CiFile, CiHandsOn, CiJob, CiOptions, CiPlaces, CiStep } from "../job";
import { type CiAccess, ciJobs } from "../jobs";
import { tooManyPlaces } from "../matrix";
import { PARTS } from "../scripts";
import { NODE_VERSION, TERRAFORM_VERSION, variables } from "../tools";
import { type Step, uses, withVersions } from "./actions";
import { BY_CLOCK, CHANGE, commentJob, driftJob, findingsJob, OWN_CHANGE } from "./report-jobs";

/** GitHub Docs, "Running variations of jobs in a workflow". */
const MOST_IN_MATRIX = 256;

/**
 * A workflow for the repository that holds the envs folder.
 *
 * @throws RangeError if there is no target
 */
export function githubWorkflow(fleet: Fleet, options: CiOptions): CiFile {
  const jobs = ciJobs(fleet, access(options.branch), options);
  const idsWith = (kind: CiHandsOn["kind"], event: CiEvent) =>
    jobs
      .filter(({ on, handsOn }) => on.includes(event) && handsOn.some((each) => each.kind === kind))
      .map(({ id }) => id);
  const drifting = idsWith("drift", "schedule");
  const workflow = {
    name: "octarine",
    on: {
      pull_request: {},
      push: { branches: [options.branch] },
      ...(drifting.length > 0 && { schedule: [{ cron: "17 4 * * *" }], workflow_dispatch: {} }),
    },
    permissions: { contents: "read" },
    env: variables(options),
    defaults: { run: { shell: "bash" } },
    jobs: {
      ...Object.fromEntries(jobs.map((job) => [job.id, jobOf(job)])),
      comment: commentJob(idsWith("comments", "change")),
      findings: findingsJob([jobs.some(({ id }) => id === "synth") ? "synth" : "check"], partsOf(jobs)),
      ...(drifting.length > 0 && { "drift-issue": driftJob(drifting) }),
    },
  };
  return {
    text:
      `# Made by \`${options.command}\` from the targets. Don't edit: run it again with --out when targets come or go.\n` +
      withVersions(stringify(workflow, { lineWidth: 0, aliasDuplicateObjects: false })),
    remarks: [
      ...fleet.targets.flatMap((target) => remarksOf(target, options.branch)),
      ...tooManyPlaces(jobs, MOST_IN_MATRIX),
    ],
  };
}

const isReached = ({ config }: Target) => config.account.ci?.kind === "github";

/**
 * GitHub's subject for a job with an environment is `repo:<owner>/<name>:environment:<environment>`, and else that of the ref.
 * A plan of a change runs in the environment, because it gets the same role: its reviewers let it. A job by the clock would wait
 * for them every night, so it goes by the branch, which pull requests never are.
 */
function access(branch: string): CiAccess {
  return {
    plansChanges: isReached,
    deploys: isReached,
    plansByClock: (target) => isReached(target) && hasSubject(target, `:ref:refs/heads/${branch}`),
  };
}

function hasSubject({ config }: Target, end: string): boolean {
  return config.account.ci?.subjects.some((subject) => subject.endsWith(end)) ?? false;
}

function remarksOf(target: Target, branch: string): string[] {
  const { name, environment } = target;
  if (!isReached(target))
    return [`${name} is only checked, not planned or deployed: account.ci is not { kind: github, ... }`];
  const subjects = [
    { end: `:environment:${environment}`, lacks: "AWS would refuse its jobs" },
    { end: `:ref:refs/heads/${branch}`, lacks: "drift is not looked for" },
  ];
  return subjects
    .filter(({ end }) => !hasSubject(target, end))
    .map(({ end, lacks }) => `${name}: ${lacks}; add repo:<owner>/<name>${end} to account.ci.subjects`);
}

function partsOf(jobs: readonly CiJob[]): number[] {
  return jobs.flatMap(({ places }) =>
    places.kind === "shards" ? places.shards.map(({ number }) => number) : [],
  );
}

function jobOf(job: CiJob) {
  const hasRole = job.places.kind === "targets" || job.places.kind === "accounts";
  return {
    ...conditionOf(job, hasRole),
    ...(job.needs.length > 0 && { needs: job.needs }),
    ...placeOf(job),
    ...(hasRole && { permissions: { contents: "read", "id-token": "write" } }),
    "timeout-minutes": hasRole ? 180 : 60,
    ...(job.alone && {
      // All wait, and none is dropped for a later one, as one that waits would be by itself.
      concurrency: { group: "octarine-${{ matrix.workspace }}", "cancel-in-progress": false, queue: "max" },
    }),
    ...matrixOf(job.places),
    steps: [
      ...setUp(job, hasRole),
      ...(job.takes ?? []).flatMap(taken),
      ...(hasRole ? [credentials] : []),
      ...job.steps.map(stepOf),
      ...summary(job),
      ...job.handsOn.flatMap((each) => handedOn(job, each)),
    ],
  };
}

const EVENTS: Readonly<Record<CiEvent, string>> = {
  change: CHANGE,
  main: "github.event_name == 'push'",
  schedule: BY_CLOCK,
};

function conditionOf({ on }: CiJob, hasRole: boolean): { if: string } {
  return { if: on.map((event) => (event === "change" && hasRole ? OWN_CHANGE : EVENTS[event])).join(" || ") };
}

function placeOf({ places, does }: CiJob) {
  switch (places.kind) {
    case "anywhere":
      return { "runs-on": "ubuntu-24.04" };
    case "shards":
      return {
        "runs-on": "ubuntu-24.04",
        env: {
          SHARD: "${{ matrix.shard }}",
          NUMBER: "${{ matrix.number }}",
          TARGETS: "${{ matrix.targets }}",
        },
      };
    case "targets":
    case "accounts":
      return {
        "runs-on": "${{ matrix.runner }}",
        // Its required reviewers are the gate, and the token's subject names it.
        ...(places.kind === "targets" && does !== "drift" && { environment: places.environment }),
        env: {
          TARGET: "${{ matrix.target }}",
          WORKSPACE: "${{ matrix.workspace }}",
          ENVIRONMENT: "${{ matrix.environment }}",
        },
      };
  }
}

function matrixOf(places: CiPlaces) {
  switch (places.kind) {
    case "anywhere":
      return {};
    case "shards":
      return matrix(places.shards.map((each) => ({ ...each, targets: each.targets.join(" ") })));
    case "targets":
    case "accounts":
      return matrix(
        places.targets.map(({ target, environment, region, workspace, stacks, role, runner }) => ({
          target,
          environment,
          region,
          workspace,
          stacks: stacks.join(" "),
          role,
          runner: ["self-hosted", "octarine", runner],
        })),
      );
  }
}

const matrix = (include: readonly object[]) => ({ strategy: { "fail-fast": false, matrix: { include } } });

function setUp({ history }: CiJob, hasRole: boolean): Step[] {
  return [
    uses("actions/checkout", { "persist-credentials": false, ...(history && { "fetch-depth": 0 }) }),
    uses("actions/setup-node", { "node-version": NODE_VERSION, cache: "npm" }),
    ...(hasRole
      ? [
          uses("hashicorp/setup-terraform", {
            terraform_version: TERRAFORM_VERSION,
            terraform_wrapper: false,
          }),
        ]
      : []),
    // What packages would run while they are installed has no business beside credentials.
    { run: "npm ci --ignore-scripts" },
  ];
}

const credentials: Step = uses("aws-actions/configure-aws-credentials", {
  "role-to-assume": "${{ matrix.role }}",
  "aws-region": "${{ matrix.region }}",
});

function stepOf({ name, run, on, always }: CiStep): Step {
  const condition = [...(always ? ["always()"] : []), ...(on === undefined ? [] : [EVENTS[on]])].join(" && ");
  return {
    name,
    ...(condition !== "" && { if: condition }),
    ...(on === "change" && { env: { BASE: "${{ github.event.pull_request.base.sha }}" } }),
    run: run.join("\n"),
  };
}

/** The texts on the run's page as well. */
function summary({ handsOn }: CiJob): Step[] {
  const [folder] = handsOn.map((each) => each.folder);
  if (folder === undefined) return [];
  return [
    {
      name: "Summary",
      if: "always()",
      run: `shopt -s nullglob\nfor file in ${folder}/*.md; do cat "$file" >> "$GITHUB_STEP_SUMMARY"; done`,
    },
  ];
}

function handedOn({ places, id }: CiJob, { kind, folder }: CiHandsOn): Step[] {
  const own = {
    anywhere: `-${id}`,
    shards: "-${{ matrix.number }}",
    targets: "-${{ matrix.workspace }}",
    accounts: "-${{ matrix.environment }}-left",
  };
  const name = kind === "findings" && places.kind === "anywhere" ? kind : `${kind}${own[places.kind]}`;
  return [
    uses(
      "actions/upload-artifact",
      { name, path: folder, "retention-days": 5, overwrite: true, "if-no-files-found": "ignore" },
      kind === "comments" ? `always() && ${CHANGE}` : "always()",
    ),
  ];
}

function taken(kind: CiHandsOn["kind"]): Step[] {
  const path = kind === "output" ? PARTS : kind;
  return [uses("actions/download-artifact", { pattern: `${kind}-*`, path, "merge-multiple": true })];
}
