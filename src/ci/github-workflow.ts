import { stringify } from "yaml";
import type { Fleet, Target } from "../model/target";
import { ciTarget } from "./ci-target";
import { changesScript, commentJob, commentSteps } from "./comment-job";

/** Actions by commit: a tag can be moved. The version is that of the commit. */
const actions = {
  checkout: { commit: "11bd71901bbe5b1630ceea73d27597364c9af683", version: "v4.2.2" },
  node: { commit: "49933ea5288caeca8642d1e84afbd3f7d6820020", version: "v4.4.0" },
  credentials: { commit: "b47578312673ae6fa5b5096b330d9fbac3d116df", version: "v4.2.1" },
  terraform: { commit: "b9cd54a3c349d3f38e8881555d616ced269862dd", version: "v3.1.2" },
  upload: { commit: "ea165f8d65b6e75b540449e92b4886f43607fa02", version: "v4.6.2" },
  download: { commit: "d3f86a106a0bac45b974a628896c90dbdf5c8093", version: "v4.3.0" },
} as const;

const paths: Readonly<Record<keyof typeof actions, string>> = {
  checkout: "actions/checkout",
  node: "actions/setup-node",
  credentials: "aws-actions/configure-aws-credentials",
  terraform: "hashicorp/setup-terraform",
  upload: "actions/upload-artifact",
  download: "actions/download-artifact",
};

/** The Terraform that the samples are tested with. */
const TERRAFORM_VERSION = "1.11.4";

export interface GithubWorkflow {
  readonly yaml: string;
  /** What would not work on GitHub as the config is now. */
  readonly remarks: readonly string[];
}

/**
 * A workflow for the repository that holds the envs folder: checks on every pull request, a plan of each target, and a
 * deployment of each on the default branch, environment by environment with production last.
 *
 * @param envs folder of environments, relative to the repository's root
 * @throws RangeError if there is no target
 */
export function githubWorkflow({ targets }: Fleet, envs = "envs"): GithubWorkflow {
  if (targets.length === 0) throw new RangeError("there is no target");
  const reached = targets.filter(({ config }) => config.account.ci?.kind === "github");
  const environments = [...new Set(reached.map(({ environment }) => environment))];
  const inEnvironment = (name: string) => reached.filter(({ environment }) => environment === name);
  const isProduction = (name: string) => inEnvironment(name).some(({ production }) => production);
  const trial = environments.filter((name) => !isProduction(name));

  const jobs: Record<string, unknown> = { check: checkJob() };
  for (const name of environments) jobs[`plan-${name}`] = planJob(name, inEnvironment(name));
  jobs.comment = commentJob(Object.keys(jobs), uses("download"));
  for (const name of environments) {
    const needs = ["check", ...(isProduction(name) ? trial.map((each) => `deploy-${each}`) : [])];
    jobs[`deploy-${name}`] = deployJob(name, inEnvironment(name), needs);
  }
  const workflow = {
    name: "octarine",
    on: { pull_request: {}, push: { branches: ["main"] } },
    permissions: { contents: "read" },
    env: { OCTARINE_ENVS: envs, CHECKPOINT_DISABLE: "1" },
    defaults: { run: { shell: "bash" } },
    jobs,
  };
  return {
    yaml:
      "# Made by `npx octarine ci github` from the targets. Don't edit: run it again when targets come or go.\n" +
      withVersions(stringify(workflow, { lineWidth: 0, aliasDuplicateObjects: false })),
    remarks: [
      ...targets.filter((target) => !reached.includes(target)).map(leftOut),
      ...reached.flatMap(refused),
    ],
  };
}

function checkJob() {
  return {
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": 30,
    steps: [
      // The base of the pull request, too: what changes is compared with it.
      ...setUp({ "fetch-depth": 0 }),
      { name: "Validate", run: "npx octarine config validate" },
      { name: "Synthesize", run: "npx octarine synth" },
      { name: "Capacity", run: "npx octarine capacity" },
      { name: "Cost", run: inSummary("npx octarine cost --verbose") },
      { name: "Guardrails", run: inSummary("npx octarine check") },
      ...commentSteps("changes", changesScript, uses("upload")),
    ],
  };
}

function planJob(environment: string, targets: readonly Target[]) {
  return {
    // No token leaves for a fork, so its plan could only fail.
    if: "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository",
    needs: ["check"],
    ...targetJob(environment, targets),
    steps: [
      ...setUp(),
      ...credentials(),
      {
        name: "Plan and review",
        env: { TARGET: "${{ matrix.target }}", WORKSPACE: "${{ matrix.workspace }}" },
        run: [
          "mkdir -p comments",
          'file="comments/$WORKSPACE.md"',
          `printf '### Plan of %s\\n\\n' "$TARGET" > "$file"`,
          'npx octarine plan "$TARGET" --review --format markdown | tee -a "$file" "$GITHUB_STEP_SUMMARY"',
        ].join("\n"),
      },
      {
        uses: uses("upload"),
        with: {
          name: "comment-${{ matrix.workspace }}",
          path: "comments/*.md",
          "retention-days": 5,
          overwrite: true,
        },
      },
    ],
  };
}

function deployJob(environment: string, targets: readonly Target[], needs: readonly string[]) {
  return {
    if: "github.event_name == 'push'",
    needs,
    ...targetJob(environment, targets),
    steps: [
      ...setUp(),
      ...credentials(),
      {
        name: "Deploy ${{ matrix.stacks }}",
        env: { TARGET: "${{ matrix.target }}" },
        run: 'npx octarine deploy "$TARGET" --yes',
      },
    ],
  };
}

function targetJob(environment: string, targets: readonly Target[]) {
  return {
    "runs-on": "${{ matrix.runner }}",
    // Its required reviewers are the gate, and the token's subject names it.
    environment,
    permissions: { contents: "read", "id-token": "write" },
    "timeout-minutes": 180,
    concurrency: { group: "octarine-${{ matrix.workspace }}", "cancel-in-progress": false },
    strategy: {
      "fail-fast": false,
      matrix: { include: targets.map(ciTarget).map((each) => ({ ...each, stacks: each.stacks.join(" ") })) },
    },
  };
}

const uses = (action: keyof typeof actions) => `${paths[action]}@${actions[action].commit}`;

function setUp(checkout: Readonly<Record<string, unknown>> = {}) {
  return [
    { uses: uses("checkout"), with: { "persist-credentials": false, ...checkout } },
    { uses: uses("node"), with: { "node-version": 20 } },
    { uses: uses("terraform"), with: { terraform_version: TERRAFORM_VERSION, terraform_wrapper: false } },
    { run: "npm ci" },
  ];
}

function credentials() {
  return [
    {
      uses: uses("credentials"),
      with: { "role-to-assume": "${{ matrix.role }}", "aws-region": "${{ matrix.region }}" },
    },
  ];
}

/** What a command prints, as it is, in the log and on the run's page. A failure of the command stays one (pipefail). */
function inSummary(command: string): string {
  return [
    "echo '```' >> \"$GITHUB_STEP_SUMMARY\"",
    `${command} | tee -a "$GITHUB_STEP_SUMMARY"`,
    "echo '```' >> \"$GITHUB_STEP_SUMMARY\"",
  ].join("\n");
}

/** The version of each pinned action as a comment, where updaters look for it. */
function withVersions(yaml: string): string {
  return Object.values(actions).reduce(
    (text, { commit, version }) => text.replaceAll(`@${commit}`, `@${commit} # ${version}`),
    yaml,
  );
}

function leftOut({ name }: Target): string {
  return `${name} is only checked, not planned or deployed: account.ci is not { kind: github, ... }`;
}

/** GitHub's subject for a job with an environment is `repo:<owner>/<name>:environment:<environment>`. */
function refused({ name, environment, config }: Target): readonly string[] {
  const subjects = config.account.ci?.subjects ?? [];
  if (subjects.some((subject) => subject.endsWith(`:environment:${environment}`))) return [];
  return [
    `${name}: AWS would refuse its jobs; add repo:<owner>/<name>:environment:${environment} to account.ci.subjects`,
  ];
}
