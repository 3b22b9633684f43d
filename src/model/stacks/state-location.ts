import { partitionOf } from "../../facts/regions";
import { roleArn } from "../role-arn";
import type { Target } from "../target";
import type { StackName } from "./stack-names";

/** Id of a stack: `prod-us-east-1-network`. */
export function stackId(target: Pick<Target, "workspace">, name: StackName): string {
  return `${target.workspace}-${name}`;
}

/** Alias of the key that encrypts an environment's states. The bootstrap stack makes it. */
export function stateKeyAlias(environment: string): string {
  return `octarine-state-${environment}`;
}

/** Where a stack keeps its state. */
export interface StateLocation {
  readonly bucket: string;
  readonly region: string;
  /** Holds the target, too: in a wrong workspace there is nothing to find, so nothing to destroy. */
  readonly key: string;
  readonly workspaceKeyPrefix: string;
  readonly kmsKeyArn: string;
  readonly roleArn: string;
}

export function stateLocation(target: Target, name: StackName): StateLocation {
  const { region } = target.config.state;
  const account = target.config.account.id;
  return {
    bucket: target.stateBucket,
    region,
    key: `octarine/${target.workspace}/${name}.tfstate`,
    workspaceKeyPrefix: "env:",
    kmsKeyArn: `arn:${partitionOf(region)}:kms:${region}:${account}:alias/${stateKeyAlias(target.environment)}`,
    roleArn: roleArn(target.config.account.deployRole, target),
  };
}

/** What reads a state: arguments of `terraform_remote_state` and of the S3 backend, as cdktf names them. */
export function stateReader({ bucket, region, key, workspaceKeyPrefix, roleArn: role }: StateLocation) {
  return {
    bucket,
    region,
    key,
    workspaceKeyPrefix,
    assumeRole: { roleArn: role, sessionName: "octarine" },
  };
}

/** Arguments of the S3 backend that writes a state, as cdktf names them. */
export function stateBackend(location: StateLocation) {
  return { ...stateReader(location), encrypt: true, kmsKeyId: location.kmsKeyArn, useLockfile: true };
}

/**
 * Whose state an object of the bucket is; undefined for anything else that lies there. A name with other letters than ours have
 * was made by somebody else, and would end up in commands that are typed.
 */
export function stateOfKey(objectKey: string): { workspace: string; stack: string } | undefined {
  const [, inWorkspace, workspace, stack] =
    /^env:\/([a-z0-9-]+)\/octarine\/([a-z0-9-]+)\/([a-z0-9-]+)\.tfstate$/.exec(objectKey) ?? [];
  return workspace === undefined || stack === undefined || workspace !== inWorkspace
    ? undefined
    : { workspace, stack };
}
