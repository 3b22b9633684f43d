import type { Truth } from "../../guardrails/iam/truth";
import type { Value } from "../../values/value";
import type { HttpRule } from "./http";
import type { NamePattern } from "./names";
import type { PortMatch } from "./ports";
import type { Requirement, Selector } from "./selectors";

/** What decides about packets, and how it is set. */
export interface PolicyEngine {
  /** Cilium, or one that knows NetworkPolicy only, such as the VPC CNI's agent. */
  readonly kind: "cilium" | "kubernetes";
  /** Cilium's cluster.name. */
  readonly clusterName: string;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  /** policyEnforcementMode */
  readonly enforcement: "default" | "always" | "never";
  /** policyCIDRMatchMode names nodes: ranges reach them, too. */
  readonly rangesTakeNodes: boolean;
  /** clustermesh.policyDefaultLocalCluster is off: selectors mean pods of every cluster. */
  readonly anyCluster: boolean;
}

/** One rule of one direction, in the shape that Cilium's own repository has it in (pkg/policy/types, PolicyEntry). */
export interface PolicyRule {
  /** `CiliumNetworkPolicy payments/default-deny` */
  readonly policy: string;
  /** Whose policy it is; absent: it may select pods of all. */
  readonly namespace?: string;
  readonly subject: readonly Requirement[];
  readonly direction: Direction;
  readonly deny: boolean;
  /** Whether it closes the direction for those that it selects. */
  readonly closes: Truth;
  /** Undefined: nobody. None: everybody on the named ports. */
  readonly peers: readonly Selector[] | undefined;
  /** None: every port. */
  readonly ports: readonly PortRule[];
  /** Mode of mutual authentication, where the rule asks for one. */
  readonly authentication?: string;
}

export type Direction = "ingress" | "egress";

export interface PortRule {
  readonly ports: readonly PortMatch[];
  readonly requests?: RequestRules;
}

/** What is looked at above layer 4, by Envoy or by the DNS proxy. */
export interface RequestRules {
  /** `http`, `dns`, `kafka`, `tls`, or a parser of Envoy's. */
  readonly parser: string;
  /** None: everything of that protocol. */
  readonly http: readonly HttpRule[];
  readonly dns: readonly NamePattern[];
  /** Whether there are rules at all. */
  readonly limits: boolean;
}

/** A policy that counts for nothing, and why. */
export interface IgnoredPolicy {
  readonly policy: string;
  readonly namespace?: string;
  readonly why: string;
}

export interface PolicySet {
  readonly rules: readonly PolicyRule[];
  /** The engine refuses them. */
  readonly refused: readonly IgnoredPolicy[];
  /** What they say is known at apply only: nothing about those that they may select is sure. */
  readonly unread: readonly IgnoredPolicy[];
}

/** An object of Kubernetes, with what only Terraform knows as unknown values. */
export type Manifest = Value;
