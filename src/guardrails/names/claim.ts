import type { NameScope } from "../../facts/aws-names";

/** A name that a resource takes, in a form in which two that are the same collide. */
export interface Claim {
  readonly key: string;
  /** As it is written. */
  readonly name: string;
  readonly scope: NameScope;
  readonly target: string;
  readonly stack: string;
  readonly address: string;
}

/** Whose names the claims are, by their keys. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;
