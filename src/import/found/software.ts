import type { Fact, Noted } from "./fact";
import type { FoundThing } from "./network";

/** An EKS add-on. */
export interface FoundAddOn extends FoundThing {
  readonly name: string;
  readonly version?: Fact<string>;
  /** Its configuration as text, in JSON or YAML. */
  readonly values?: Fact<string>;
}

/** The AWS role of a service account. */
export interface FoundIdentity extends FoundThing {
  readonly by: "pod-identity" | "irsa";
  readonly namespace: string;
  readonly serviceAccount: Fact<string>;
  readonly roleArn?: string;
  readonly policies: readonly string[];
  /** Policies that it has written within. */
  readonly statements: readonly FoundStatements[];
}

export interface FoundStatements {
  readonly at: Noted;
  /** The policy as a document. */
  readonly document: unknown;
}

/** What is installed in a cluster. */
export interface FoundRelease extends FoundThing {
  /** Name of the chart, or of what was seen running. */
  readonly chart: string;
  readonly namespace?: string;
  readonly version?: string;
  /** Values that are no secrets, where they are known. */
  readonly values?: unknown;
}
