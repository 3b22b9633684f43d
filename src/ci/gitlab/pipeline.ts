import { stringify } from "yaml";
import type { CiTarget } from "../ci-target";
import type { Fleet, Target } from "../../model/target";
import { isOfBranch, isOfEveryBranch } from "../../model/gitlab-subject";
import {
  type CiEvent,
  type CiFile,
  type CiHandsOn,
  type CiJob,
  type CiOptions,
  type CiPlaces,
  placeVariables,
} from "../job";
import { type CiAccess, ciJobs } from "../jobs";
import { tooManyPlaces } from "../matrix";
import { FINDINGS } from "../scripts";
import { NODE_VERSION, variables } from "../tools";
import { commentScript, issueScript, SCOPE } from "./report-script";

/** Of one job (GitLab Docs, "CI/CD YAML syntax reference", parallel:matrix). */
const MOST_IN_MATRIX = 200;

const IMAGE = `node:${NODE_VERSION}`;

/**
 * A pipeline for the repository that holds the envs folder.
 *
 * @throws RangeError if there is no target
 */
export function gitlabPipeline(fleet: Fleet, options: CiOptions): CiFile {
  const { branch } = options;
  const jobs = ciJobs(fleet, access(branch), options);
  const idsWith = (kind: CiHandsOn["kind"], event: CiEvent) =>
    jobs
      .filter(({ on, handsOn }) => on.includes(event) && handsOn.some((each) => each.kind === kind))
      .map(({ id }) => id);
  const drifting = idsWith("drift", "schedule");
  const pipeline = {
    workflow: { rules: Object.values(eventRules(branch)).map((condition) => ({ if: condition })) },
    stages: [...new Set(jobs.map(({ does }) => does)), "report"],
    variables: variables(options),
    ...Object.fromEntries(jobs.map((job) => [job.id, jobOf(job, branch)])),
    comment: reportJob(
      `${eventRules(branch).change} && ${OWN}`,
      idsWith("comments", "change"),
      commentScript,
    ),
    ...(drifting.length > 0 && {
      "drift-issue": reportJob(eventRules(branch).schedule, drifting, issueScript),
    }),
  };
  return {
    text:
      `# Made by \`${options.command}\` from the targets. Don't edit: run it again with --out when targets come or go.\n` +
      stringify(pipeline, { lineWidth: 0, aliasDuplicateObjects: false }),
    remarks: [
      ...fleet.targets.flatMap((target) => remarksOf(target, branch)),
      ...tooManyPlaces(jobs, MOST_IN_MATRIX),
    ],
  };
}

const isReached = ({ config }: Target) => config.account.ci?.kind === "gitlab";
const subjectsOf = ({ config }: Target) => config.account.ci?.subjects ?? [];

/**
 * The subject is `project_path:<group>/<project>:ref_type:branch:ref:<branch>` where the project's settings say nothing else. That of a
 * merge request has the source branch, which no list can name; only one without a ref lets those plan.
 */
function access(branch: string): CiAccess {
  return {
    plansChanges: (target) => isReached(target) && subjectsOf(target).some(isOfEveryBranch),
    deploys: isReached,
    plansByClock: (target) =>
      isReached(target) && subjectsOf(target).some((each) => isOfBranch(each, branch)),
  };
}

function remarksOf(target: Target, branch: string): string[] {
  const { name } = target;
  if (!isReached(target))
    return [`${name} is only checked, not planned or deployed: account.ci is not { kind: gitlab, ... }`];
  if (access(branch).plansByClock(target)) return [];
  return [
    `${name}: AWS would refuse its jobs; add project_path:<group>/<project>:ref_type:branch:ref:${branch} to account.ci.subjects`,
  ];
}

/** Merge requests of forks have another source project, and their tokens that project's path. */
const OWN = "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID";

function eventRules(branch: string): Readonly<Record<CiEvent, string>> {
  const isBranch = `$CI_COMMIT_BRANCH == ${JSON.stringify(branch)}`;
  return {
    change: '$CI_PIPELINE_SOURCE == "merge_request_event"',
    main: `${isBranch} && $CI_PIPELINE_SOURCE != "schedule"`,
    schedule: `${isBranch} && $CI_PIPELINE_SOURCE == "schedule"`,
  };
}

function jobOf(job: CiJob, branch: string) {
  const hasRole = job.places.kind === "targets" || job.places.kind === "accounts";
  const last = job.steps.filter(({ always }) => always);
  return {
    stage: job.does,
    ...placeOf(job.places),
    rules: job.on.map((event) => ({
      if: eventRules(branch)[event] + (event === "change" && hasRole ? ` && ${OWN}` : ""),
      // Whoever may start it decides; Premium's protected environments say who that is.
      ...(job.does === "deploy" && job.tier === "production" && { when: "manual", allow_failure: false }),
    })),
    needs: job.needs.map((id) => ({ job: id, artifacts: job.takes !== undefined })),
    ...(job.tier !== undefined && {
      environment: { name: "$TARGET", deployment_tier: job.tier === "production" ? "production" : "other" },
    }),
    ...(job.alone && { resource_group: "octarine-$WORKSPACE" }),
    interruptible: !hasRole,
    timeout: hasRole ? "3h" : "1h",
    ...variablesOf({
      ...(job.places.kind === "targets" && commonVariables(job.places.targets)),
      ...(job.history && { GIT_DEPTH: "0" }),
      ...(last.length > 0 && { BASE: "$CI_MERGE_REQUEST_DIFF_BASE_SHA", RUNNER_AFTER_SCRIPT_TIMEOUT: "30m" }),
    }),
    cache: { key: { files: ["package-lock.json"] }, paths: [".npm"] },
    before_script: [
      // What packages would run while they are installed has no business beside credentials.
      "npm ci --ignore-scripts --cache .npm --prefer-offline",
      ...(hasRole ? [CREDENTIALS] : []),
    ],
    script: job.steps.filter(({ always }) => !always).map(({ run }) => run.join("\n")),
    ...(last.length > 0 && {
      after_script: last.map(({ run }) =>
        [
          `if [ "$CI_PIPELINE_SOURCE" = merge_request_event ]; then`,
          ...run.map((line) => `  ${line}`),
          "fi",
        ].join("\n"),
      ),
    }),
    ...artifactsOf(job),
  };
}

/**
 * For Terraform and the aws CLI alike, which ask for credentials by the token itself, and again as long as it holds: for the job's
 * timeout (gitlab-org/gitlab, lib/gitlab/ci/jwt.rb).
 */
const CREDENTIALS = [
  "AWS_WEB_IDENTITY_TOKEN_FILE=$(mktemp)",
  `trap 'rm -f "$AWS_WEB_IDENTITY_TOKEN_FILE"' EXIT`,
  `printf '%s' "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"`,
  "unset AWS_TOKEN",
  'AWS_ROLE_ARN="$ROLE" AWS_REGION="$REGION" AWS_ROLE_SESSION_NAME="gitlab-$CI_PROJECT_ID-$CI_JOB_ID"',
  "export AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN AWS_REGION AWS_ROLE_SESSION_NAME",
].join("\n");

function placeOf(places: CiPlaces) {
  switch (places.kind) {
    case "anywhere":
      return { image: IMAGE };
    case "shards":
      return {
        image: IMAGE,
        parallel: {
          matrix: places.shards.map(({ shard, number, targets }) => ({
            SHARD: shard,
            NUMBER: String(number),
            TARGETS: targets.join(" "),
          })),
        },
      };
    case "targets":
    case "accounts":
      return {
        tags: ["octarine", "$RUNNER"],
        // GitLab takes 255 characters for a job's name, which has all of these values in it.
        parallel: {
          matrix: places.targets
            .map(placeVariables)
            .map(({ own, common }) => (places.kind === "targets" ? own : { ...own, ...common })),
        },
        // What bootstrap has the role's trust policy ask for.
        id_tokens: { AWS_TOKEN: { aud: `https://${places.targets[0]?.host ?? ""}` } },
      };
  }
}

function commonVariables([first]: readonly CiTarget[]): Readonly<Record<string, string>> {
  return first === undefined ? {} : placeVariables(first).common;
}

function variablesOf(variables: Readonly<Record<string, string>>) {
  return Object.keys(variables).length > 0 ? { variables } : {};
}

function artifactsOf({ handsOn }: CiJob) {
  if (handsOn.length === 0) return {};
  const hasFindings = handsOn.some(({ kind }) => kind === "findings");
  return {
    artifacts: {
      when: "always",
      access: "developer",
      expire_in: "1 week",
      paths: handsOn.map(({ folder }) => folder),
      ...(hasFindings && {
        reports: { junit: `${FINDINGS}/junit*.xml`, codequality: `${FINDINGS}/codequality*.json` },
      }),
    },
  };
}

/** Runs no code of the repository: what the other jobs wrote are texts to it. */
function reportJob(condition: string, needs: readonly string[], script: string) {
  return {
    stage: "report",
    image: IMAGE,
    rules: [{ if: condition, when: "always" }],
    environment: { name: SCOPE, action: "access" },
    needs: needs.map((id) => ({ job: id, artifacts: true })),
    timeout: "10m",
    variables: { GIT_STRATEGY: "none" },
    script: [script],
  };
}
