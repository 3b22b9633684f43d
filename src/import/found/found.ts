import type { Note } from "../notes";
import type { Noted } from "./fact";
import type { FoundAccess, FoundCluster } from "./cluster";
import type { FoundGroup } from "./group";
import type { FoundNetwork } from "./network";
import type { FoundAddOn, FoundIdentity, FoundRelease } from "./software";

/** What was found, and what is to be said of it. */
export interface FoundSomewhere {
  readonly found: Found;
  /** The whole of it. */
  readonly at: Noted;
  /** To be called when a target is made of it: whatever was not read until then is told. */
  readonly notes: () => readonly Note[];
}

/** What an import found of a cluster and what it is in, whoever told it. What is not there, or not known yet, is left out. */
export interface Found {
  readonly region: string;
  /** 12 digits. */
  readonly account?: string;
  readonly network: FoundNetwork;
  readonly cluster?: FoundCluster;
  readonly groups: readonly FoundGroup[];
  readonly addOns: readonly FoundAddOn[];
  readonly access: readonly FoundAccess[];
  /** By EKS Pod Identity, or by IRSA. */
  readonly identities: readonly FoundIdentity[];
  /** What is installed in the cluster by charts, or was seen running there. */
  readonly releases: readonly FoundRelease[];
}
