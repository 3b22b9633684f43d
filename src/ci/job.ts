import type { CiTarget } from "./ci-target";

/** What makes a job run: a pull or merge request of the repository itself or of a fork, a push to the main branch, a clock. */
export type CiEvent = "change" | "main" | "schedule";

/** One command or a few, of bash. */
export interface CiStep {
  readonly name: string;
  /** Of variables they read those of the job's place (`placeVariables`, `SHARD`), and BASE: the commit that a change starts from. */
  readonly run: readonly string[];
  /** Only for this event. */
  readonly on?: CiEvent;
  /** Also where a step before it failed: what is refused is what its text is for. */
  readonly always?: boolean;
}

/** Where a job runs, once for each place. */
export type CiPlaces =
  /** On any machine, without credentials. */
  | { readonly kind: "anywhere" }
  /** On any machine, once for each part of the targets. */
  | { readonly kind: "shards"; readonly shards: readonly CiShard[] }
  /** With the role of a target, on a runner that reaches its cluster. */
  | { readonly kind: "targets"; readonly environment: string; readonly targets: readonly CiTarget[] }
  /** With the role of an environment's account, on any of its runners. */
  | { readonly kind: "accounts"; readonly targets: readonly CiTarget[] };

export interface CiShard {
  readonly shard: string;
  readonly number: number;
  readonly targets: readonly string[];
}

/** What a job hands on to others, as files of a folder. Nothing in it is secret: no plan, no state. */
export interface CiHandsOn {
  readonly kind: "comments" | "findings" | "drift" | "output";
  readonly folder: string;
}

/** A job as every CI has it. How it gets tools, credentials and files is the CI's own. */
export interface CiJob {
  readonly id: string;
  readonly does: "synth" | "check" | "plan" | "deploy" | "federate" | "drift" | "left";
  readonly on: readonly CiEvent[];
  /** Ids of jobs that must have succeeded, where they run for the same event. */
  readonly needs: readonly string[];
  readonly places: CiPlaces;
  readonly steps: readonly CiStep[];
  /** Kinds of files that come from jobs before it. */
  readonly takes?: readonly CiHandsOn["kind"][];
  readonly handsOn: readonly CiHandsOn[];
  /** What it changes. */
  readonly tier?: "production" | "trial";
  /** Whether it compares commits and so needs all of them. */
  readonly history?: boolean;
  /** One at a time for each target. */
  readonly alone?: boolean;
}

export interface CiOptions {
  /** Folder of environments, relative to the repository's root. */
  readonly envs: string;
  /** The file itself, by the same root, and the command that makes it: the check says when it is out of date. */
  readonly file: string;
  readonly command: string;
  /** Branch that deploys. */
  readonly branch: string;
  /** Machines that synthesize and judge. */
  readonly shards: number;
  /** Whether cdktf.out is in Git, so that it must be what synthesis writes. */
  readonly committed: boolean;
  /** Whether changes are planned and deployed here, and not by Atlantis. */
  readonly deploys: boolean;
}

export interface CiFile {
  readonly text: string;
  /** What would not work as the config is now. */
  readonly remarks: readonly string[];
}

/** Variables that tell a script where it is; those of one environment have the last two in common. */
export function placeVariables({ target, environment, region, workspace, role, runner }: CiTarget) {
  return {
    own: { TARGET: target, WORKSPACE: workspace, REGION: region, RUNNER: runner },
    common: { ENVIRONMENT: environment, ROLE: role },
  };
}
