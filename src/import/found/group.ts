import type { Fact, Noted } from "./fact";
import type { FoundThing } from "./network";

/** Nodes that come and go as one. */
export interface FoundGroup extends FoundThing {
  readonly name: Fact<string>;
  /** managed: by EKS; own: a group of instances that somebody else made. */
  readonly kind: "managed" | "own";
  readonly arn?: string;
  /** As they are written; `typesAt` where there are none. */
  readonly types: readonly Fact<string>[];
  readonly typesAt: Noted;
  readonly size: {
    readonly min: Fact<number>;
    readonly max?: number;
    readonly desired?: number;
  };
  readonly machine: FoundMachine;
  /** Undefined for part of them, which the reader has said. */
  readonly isSpot: boolean;
  /** None for all. */
  readonly zones: readonly string[];
  readonly subnets: readonly string[];
  readonly maxPods?: Fact<number>;
  readonly labels: readonly (readonly [string, Fact<string>])[];
  readonly taints: readonly Fact<FoundTaint>[];
  readonly tags: readonly (readonly [string, Fact<string>])[];
  readonly updates: { readonly count?: number; readonly percent?: number };
  readonly reservation?: { readonly id: string } | { readonly groupArn: string };
  readonly efa: boolean;
  /** ARNs of policies that its role has. */
  readonly policies: readonly string[];
  readonly roleArn?: string;
}

export interface FoundMachine {
  readonly family: Fact<Family>;
  /** An image of one's own. */
  readonly image?: Fact<string>;
  readonly sizeGiB: Fact<number>;
  readonly volumeType: Fact<string>;
  readonly iops?: number;
  readonly throughput?: number;
  /** Where it is said that the volume is not encrypted. */
  readonly plainVolume?: Noted;
}

/** Operating systems, by how near they are to one of ours. */
export type Family = "al2023" | "bottlerocket" | "bottlerocket-fips" | "windows" | "other";

export interface FoundTaint {
  readonly key: string;
  readonly value: string;
  /** As Kubernetes has it: NoSchedule, PreferNoSchedule, NoExecute. */
  readonly effect: string;
}
