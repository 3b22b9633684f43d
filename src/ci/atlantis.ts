import { stringify } from "yaml";
import type { Fleet, Target } from "../model/target";
import { type CiStack, ciStacks } from "./ci-target";
import type { CiFile, CiOptions } from "./job";

/** Below the folder that `octarine synth` writes to. */
const STACKS = "cdktf.out/stacks";
const UP = "../../../";

/**
 * The Terraform of the server, at the version that it chose, as run steps see it (runatlantis/atlantis 0.47,
 * server/core/runtime/run_step_runner.go): its own binary has the version in its name, one of the image has not.
 */
const TERRAFORM =
  'tf="${ATLANTIS_TERRAFORM_DISTRIBUTION:-terraform}"; tf=$(command -v "$tf$ATLANTIS_TERRAFORM_VERSION" || echo "$tf")';

/** A target's workspace: its stacks are named by it and a last part without a dash. */
const WORKSPACE = '"${PROJECT_NAME%-*}"';

/**
 * Atlantis keeps a clone for each of its workspaces, runs the hooks that come before everything in that of `default`, and
 * refuses a project whose folder its clone has not (0.47, server/events/working_dir.go, cloneDir;
 * pre_workflow_hooks_command_runner.go; project_command_runner.go, DirNotExistErr). Folders that a hook makes are therefore
 * only there in `default`, where its own plan step would select that workspace in Terraform too
 * (server/core/runtime/workspace_step_runner_delegate.go). So the plan is a step of ours, in the target's workspace; a
 * saved plan is applied in the workspace that it was made in.
 */
const plan = {
  steps: [
    "init",
    {
      run: {
        command: `${TERRAFORM}; "$tf" workspace select -no-color -or-create ${WORKSPACE}`,
        output: "hide",
      },
    },
    {
      run: {
        command: `${TERRAFORM}; "$tf" plan -input=false -no-color -out="$PLANFILE"`,
        output: "strip_refreshing",
      },
    },
    // Below the plan in Atlantis's comment. The file's name leaves the stack to that of its folder, and it holds what is secret.
    {
      run: {
        command: `${TERRAFORM}; "$tf" show -json "$PLANFILE" > plan.json && npm_config_yes=false npx octarine review plan.json; status=$?; rm -f plan.json; exit "$status"`,
        output: "show",
      },
    },
  ],
};

/**
 * atlantis.yaml with a project for each stack of each target. Their order is that of the deployment, and a project is
 * planned when something changes that its Terraform is made of.
 */
export function atlantisYaml(
  { targets }: Fleet,
  { envs, command }: Pick<CiOptions, "envs" | "command">,
): CiFile {
  const config = {
    version: 3,
    // Each project has a folder of its own, so plans of different targets can run at once.
    parallel_plan: true,
    // Apply keeps to the order of the groups.
    parallel_apply: false,
    abort_on_execution_order_fail: true,
    projects: targets.flatMap((target) => ciStacks(target).map((stack) => project(stack, target, envs))),
    workflows: {
      octarine: { plan, apply: { steps: ["apply"] } },
    },
  };
  const text =
    `# Made by \`${command}\` from the targets. Don't edit: run it again with --out when targets or stacks come or go.\n` +
    "# The folders are made by a pre-workflow hook of the server: npm ci --ignore-scripts && npx octarine synth.\n" +
    stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });
  return { text, remarks: [] };
}

function project({ id, dependsOn, group }: CiStack, target: Target, envs: string) {
  return {
    name: id,
    dir: `${STACKS}/${id}`,
    workspace: "default",
    workflow: "octarine",
    execution_order_group: group,
    ...(dependsOn.length > 0 ? { depends_on: [...dependsOn] } : {}),
    plan_requirements: ["undiverged"],
    apply_requirements: ["approved", "mergeable", "undiverged"],
    autoplan: {
      enabled: true,
      when_modified: [...madeOf(target, envs), ...PROGRAM].map((pattern) => `${UP}${pattern}`),
    },
  };
}

/** Files of a target and of those that it is connected with, whose ranges and names are in its Terraform. */
function madeOf(target: Target, envs: string): readonly string[] {
  const layers = [target, ...target.peers].flatMap(({ environment, region }) => [
    `${envs}/${environment}/environment.y*ml`,
    `${envs}/${environment}/workloads/**`,
    `${envs}/${environment}/${region}.y*ml`,
  ]);
  return [...new Set([`${envs}/*.y*ml`, `${envs}/workloads/**`, ...layers])];
}

/** The version of Octarine, code of the repository's own that changes stacks, and what others publish and is kept beside it. */
const PROGRAM = ["package.json", "package-lock.json", "octarine.config.*", "**/*.ts", "vendor/**"];
