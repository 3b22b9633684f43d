import { Fault } from "../text/errors";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Target } from "../model/target";
import type { Component } from "./components";

/** What a stack in the cluster gives to what it installs. */
export interface Installing {
  /** The stack. */
  readonly scope: Construct;
  readonly target: Target;
  /** For what the control plane calls. */
  readonly placement: { readonly hostNetwork: boolean; readonly imageMirror?: string };
  /** There must be room for its pods first. */
  readonly dependsOn: ITerraformDependable[];
  /** What the stack installed before. */
  readonly earlier: ReadonlyMap<Component, Installation>;
  /** Closes a namespace to callers whom its record does not name. */
  readonly closeNamespace: (namespace: string, dependsOn: ITerraformDependable[]) => void;
}

/** What became of a component. */
export interface Installation {
  readonly release: ITerraformDependable;
  /** Role of AWS that its pods have. */
  readonly roleArn?: string;
}

export type Install = (stack: Installing) => Installation;

/** Settings of a component that a target has, or its stack would not install it. */
export function settingsOf<T>(settings: T | undefined, { name }: Pick<Target, "name">): T {
  if (settings === undefined) throw new Fault(`${name} has no settings of what is installed`);
  return settings;
}
