import { partitionOf } from "../facts/regions";
import { roleArn, type Target } from "../config/target";

/** Every stack that a target can have, in the order in which they are deployed. Which it has: stack-order.ts. */
export const stackNames = [
  "network",
  "cluster",
  "cni",
  "nodes",
  "autoscaling",
  "secrets",
  "ingress",
  "policies",
  "observability",
  "gitops",
  "mesh",
  "identity",
  "backup",
  "workloads",
  "federation",
] as const;
export type StackName = (typeof stackNames)[number];

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
