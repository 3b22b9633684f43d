import { stringify } from "yaml";
import type { Fleet, Target } from "../config/target";
import { type CiStack, ciStacks } from "./ci-target";

/** Below the folder that `octarine synth` writes to. */
const STACKS = "cdktf.out/stacks";
const UP = "../../../";

/**
 * atlantis.yaml with a project for each stack of each target. Their order is that of the deployment, and a project is
 * planned when a file of its target, a shared layer or Octarine itself changes.
 *
 * @param envs folder of environments, relative to the repository's root
 */
export function atlantisYaml({ targets }: Fleet, envs = "envs"): string {
  const config = {
    version: 3,
    // Each project has a folder of its own, so plans of different targets can run at once.
    parallel_plan: true,
    // Apply keeps to the order of the groups.
    parallel_apply: false,
    abort_on_execution_order_fail: true,
    projects: targets.flatMap((target) => ciStacks(target).map((stack) => project(stack, target, envs))),
    workflows: {
      octarine: { plan: { steps: ["init", "plan"] }, apply: { steps: ["apply"] } },
    },
  };
  return (
    "# Made by `npx octarine ci atlantis` from the targets. Don't edit: run it again when targets or stacks come or go.\n" +
    "# The folders are made by a pre-workflow hook of the server: npm ci && npx octarine synth (docs/ci.md).\n" +
    stringify(config, { lineWidth: 0, aliasDuplicateObjects: false })
  );
}

function project(
  { id, dependsOn, group }: CiStack,
  { workspace, environment, region }: Target,
  envs: string,
) {
  return {
    name: id,
    dir: `${STACKS}/${id}`,
    workspace,
    workflow: "octarine",
    execution_order_group: group,
    ...(dependsOn.length > 0 ? { depends_on: [...dependsOn] } : {}),
    plan_requirements: ["undiverged"],
    apply_requirements: ["approved", "mergeable", "undiverged"],
    autoplan: {
      enabled: true,
      when_modified: [
        `${UP}${envs}/*.yaml`,
        `${UP}${envs}/${environment}/environment.yaml`,
        `${UP}${envs}/${environment}/${region}.yaml`,
        `${UP}package-lock.json`,
      ],
    },
  };
}
