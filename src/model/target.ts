import type { ListedPrices } from "../cost/price-list";
import { partitionOf } from "../facts/regions";
import { withOverrides } from "../releases/overrides";
import type { Cidr } from "../ip-capacity/cidr";
import type { Release } from "../releases/release";
import type { TargetConfig } from "../config/schema/target";
import type { SourceNode } from "../config/read/source-node";
import { vpcCidrsOf } from "./subnets";

/** One environment in one region: one YAML file, one Terraform workspace. */
export interface Target {
  /** `prod/us-east-1` */
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  /** Terraform workspace and prefix of stack ids: `prod-us-east-1`. */
  readonly workspace: string;
  readonly config: TargetConfig;
  /** The release that the config names, with the versions that it replaces. */
  readonly release: Release;
  readonly production: boolean;
  readonly clusterName: string;
  readonly stateBucket: string;
  /** The targets that this one is connected with, without their own peers. Known only within a fleet. */
  readonly peers: readonly Target[];
  /** VPC ranges of those targets. */
  readonly peerRanges: readonly Cidr[];
  /** Where it has peers, its environment's other targets: no config says which of them were peers once. */
  readonly pastPeers: readonly Target[];
  /** The other targets of its environment, which share its deploy role. Known only within a fleet. */
  readonly siblings: readonly Target[];
  /** The merged files, for positions in messages and for `explain`. */
  readonly source: SourceNode;
  /** The target's own file. */
  readonly file: string;
  /** Prices that AWS lists, as they are kept beside the folder of targets. */
  readonly listedPrices: ListedPrices;
}

/** All targets, in order of their names. */
export interface Fleet {
  readonly targets: readonly Target[];
}

type TargetIdentity = Pick<Target, "environment" | "region">;

export function workspaceOf({ environment, region }: TargetIdentity): string {
  return `${environment}-${region}`;
}

export function describeTarget(
  identity: TargetIdentity &
    Pick<Target, "config" | "release" | "source" | "file"> &
    Partial<Pick<Target, "listedPrices">>,
): Target {
  const { environment, region, config } = identity;
  const workspace = workspaceOf(identity);
  return {
    ...identity,
    release: withOverrides(identity.release, config.versions),
    name: `${environment}/${region}`,
    workspace,
    production: config.production ?? environment === "prod",
    clusterName: config.cluster.name ?? workspace,
    stateBucket: stateBucketOf(environment, config),
    listedPrices: identity.listedPrices ?? {},
    peers: [],
    peerRanges: [],
    pastPeers: [],
    siblings: [],
  };
}

/** The same targets, each with those that it names as peers, and may have named. */
export function connectTargets(targets: readonly Target[]): Target[] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  return targets.map((target) => {
    const names = [...target.config.network.connections.peers].sort();
    const peers = names.flatMap((name) => byName.get(name) ?? []);
    const pastPeers = targets.filter(
      (each) =>
        peers.length > 0 && each.environment === target.environment && ![target, ...peers].includes(each),
    );
    const siblings = targets.filter((each) => each.environment === target.environment && each !== target);
    const peerRanges = peers.flatMap(({ config }) => vpcCidrsOf(config.network));
    return { ...target, peers, peerRanges, pastPeers, siblings };
  });
}

export function stateBucketOf(
  environment: string,
  { account, state }: Pick<TargetConfig, "account" | "state">,
): string {
  return state.bucket ?? `octarine-state-${environment}-${account.id}`;
}

/** A role given by name belongs to the target's account; an ARN stays as it is. */
export function roleArn(
  roleNameOrArn: string,
  { config, region }: Pick<Target, "config" | "region">,
): string {
  if (roleNameOrArn.startsWith("arn:")) return roleNameOrArn;
  return `arn:${partitionOf(region)}:iam::${config.account.id}:role/${roleNameOrArn}`;
}
