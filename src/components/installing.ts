import { present } from "../text/errors";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Target } from "../model/target";
import type { Ipv6Ranges } from "../wiring/call-flows";
import type { Component } from "./components";

/** What components take of the cluster, by the names of its stack's outputs (cluster-contract.ts). */
export interface ClusterOutputs {
  readonly endpoint: string;
  readonly service_cidr: string;
  readonly oidc_provider_arn: string;
  readonly node_security_group_id: string;
  readonly volumes_key_arn: string;
}

/** The same of the network (network-contract.ts). */
export interface NetworkOutputs {
  readonly vpc_id: string;
  readonly node_subnet_ids: Readonly<Record<string, string>>;
  readonly pod_subnet_ids: Readonly<Record<string, string>>;
  readonly public_subnet_ids: Readonly<Record<string, string>>;
}

/** What a stack has to have for a resource: a provider, or the exact versions of those that registry modules bring along. */
export type Provider = "helm" | "kubernetes" | "time" | "those of modules";

/** What a stack gives to what it installs. */
export interface Installing {
  /** The stack. */
  readonly scope: Construct;
  readonly target: Target;
  /** As an output where the same stack makes the cluster. */
  readonly clusterName: string;
  /** States of other stacks are read when they are asked for: who asks for nothing depends on nothing. */
  readonly cluster: () => ClusterOutputs;
  readonly network: () => NetworkOutputs;
  readonly ipv6: () => Ipv6Ranges;
  /** For what the control plane calls. */
  readonly placement: { readonly hostNetwork: boolean; readonly imageMirror?: string };
  /** Where images come from, for what takes a mirror. */
  readonly mirror: { readonly imageMirror?: string };
  /** There must be room for its pods first. */
  readonly dependsOn: ITerraformDependable[];
  /** What the stack installed before. */
  readonly earlier: ReadonlyMap<Component, Installation>;
  /** Adds a provider, once. */
  readonly need: (...providers: readonly Provider[]) => void;
}

/** What became of a component: what others wait for, and what its stack publishes. */
export interface Installation {
  readonly release: ITerraformDependable;
  /** Pods of what the stack installs afterwards may have to wait for nodes that it makes. */
  readonly makesRoom?: true;
}

/** Undefined: with this configuration there is nothing to install. */
export type Install = (stack: Installing) => Installation | undefined;

/** Settings of a component that a target has, or its stack would not install it. */
export function settingsOf<T>(settings: T | undefined, { name }: Pick<Target, "name">): T {
  return present(settings, `what ${name} sets of a component`);
}

/** Releases of components that the stack installed before, of those that it did. */
export function releasesOf(
  earlier: Installing["earlier"],
  ...names: readonly Component[]
): ITerraformDependable[] {
  return names.flatMap((name) => earlier.get(name)?.release ?? []);
}
