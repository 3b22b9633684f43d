import type { Fact, Noted } from "./fact";
import type { FoundThing } from "./network";

export interface FoundCluster extends FoundThing {
  readonly name?: Fact<string>;
  readonly arn?: string;
  /** Kubernetes, as `1.34`. */
  readonly version?: Fact<string>;
  readonly endpoint: {
    readonly at: Noted;
    /** Whether the internet has a way to it. */
    readonly isPublic: boolean;
    readonly ranges: readonly Fact<string>[];
  };
  readonly serviceCidr: Fact<string | undefined>;
  readonly ipv6?: Noted;
  readonly support: Fact<"standard" | "extended">;
  readonly logs: {
    readonly at: Noted;
    /** Undefined for all. */
    readonly kinds?: readonly string[];
    readonly retentionDays?: number;
  };
  readonly zonalShift?: boolean;
  readonly deletionProtection?: Fact<boolean>;
  /** Subnets of the control plane's interfaces, by id. */
  readonly subnets: readonly string[];
  /** Groups that were given to it, by id. */
  readonly securityGroups: readonly string[];
  readonly roleArn?: string;
  readonly kmsKeyArn?: string;
  readonly oidcIssuer?: string;
  readonly tags: readonly (readonly [string, Fact<string>])[];
}

export interface FoundAccess extends FoundThing {
  readonly principal: string;
  /** As EKS has it: STANDARD, EC2_LINUX, and others. */
  readonly type: string;
  readonly groups: readonly Fact<string>[];
  readonly policies: readonly FoundPolicy[];
}

export interface FoundPolicy {
  readonly at: Noted;
  /** `AmazonEKSViewPolicy`. */
  readonly name: string;
  /** None for the whole cluster; undefined where it is for some, and which ones nobody knows yet. */
  readonly namespaces: readonly string[] | undefined;
}
