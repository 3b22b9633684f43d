import type { SourceNode } from "../config/read/source-node";
import type { Adoptions } from "../config/schema/adoption";
import type { TargetConfig } from "../config/schema/target";
import type { ListedPrices } from "../cost/price-list";
import type { DeployPolicy } from "./deploy-policy";
import type { Release } from "../releases/release";

/** Policies of the organization that are attached at one level above the account. */
export interface OrganizationLevel {
  readonly name: string;
  /** As the config names them, and as JSON. */
  readonly policies: readonly { readonly file: string; readonly document: unknown }[];
}

/** What a target is made of. All else that is known of it is derived from this (target.ts). */
export interface GivenTarget {
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
  readonly peers: readonly GivenTarget[];
  /** Where it has peers, its environment's other targets: no config says which of them were peers once. */
  readonly pastPeers: readonly GivenTarget[];
  /** The other targets of its environment, which share its deploy role. Known only within a fleet. */
  readonly siblings: readonly GivenTarget[];
  /** The merged files, for positions in messages and for `explain`. */
  readonly source: SourceNode;
  /** The target's own file. */
  readonly file: string;
  /** Prices that AWS lists, as they are kept beside the folder of targets. */
  readonly listedPrices: ListedPrices;
  /** Service control policies, root first. */
  readonly scps: readonly OrganizationLevel[];
  /** The deploy role's policies as bootstrap wrote them last; undefined where it never did, or makes wide ones. */
  readonly deployPolicies?: readonly DeployPolicy[];
  /** What exists in the account and its stacks take over (docs/adopt.md); undefined where they make all of it. */
  readonly adoptions?: Adoptions;
}
