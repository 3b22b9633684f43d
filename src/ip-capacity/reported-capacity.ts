import type { CapacityAnswer } from "./capacity-answer";
import type { CapacityProblem } from "./capacity-problem";
import type { ZoneReport } from "./capacity-zones";
import type { NamedDensity } from "./default-demand";
import type { TypeAddresses } from "./held-addresses";
import type { InstanceTypesForDensity } from "./instance-type-advice";
import type { WatchedMetric } from "./metrics-to-watch";
import type { ModeAdvice } from "./mode-advice";
import type { PodDensityMode } from "./pod-density-mode";
import type { PrefixReport } from "./prefix-report";
import type { QuotaCheck } from "./quotas";
import type { WarmPoolChoice } from "./warm-pool-trade-off";
import type { ZoneLoss } from "./zone-loss";

/**
 * What `octarine capacity --json` prints. Keys are stable: one that is there stays and keeps its meaning; `format`
 * rises if that ever has to change. Addresses are IPv4 addresses; shares and growth are in percent.
 */
export interface CapacityReport {
  readonly format: 1;
  readonly target: string;
  readonly mode: PodDensityMode;
  /** Whether no problem is an error. */
  readonly fits: boolean;
  readonly problems: readonly CapacityProblem[];
  readonly zones: readonly ZoneReport[];
  /** Kubelet's figure that the pods per node ask for, those on the host network included. */
  readonly maxPodsWanted: number;
  /** Node groups and pools: the pods their nodes can run, and what holds them back. */
  readonly densities: readonly NamedDensity[];
  /** Every way to lose as many zones as are to be survived, or one if none is. */
  readonly zoneLosses: readonly ZoneLoss[];
  /** What the CNI holds on a node beyond its pods, for the type that holds most; null if it holds nothing. */
  readonly held: TypeAddresses | null;
  /** The warm pool as set, by default and fitted; empty without the VPC CNI on IPv4. */
  readonly warmPool: readonly WarmPoolChoice[];
  /** /28 blocks, fragmentation and reservations; null without prefixes. */
  readonly prefixes: PrefixReport | null;
  /** Other ways to give pods addresses, and whether each helps. */
  readonly modes: readonly ModeAdvice[];
  readonly instanceTypes: InstanceTypesForDensity;
  readonly quotas: readonly QuotaCheck[];
  readonly metrics: readonly WatchedMetric[];
  /** The seven questions of an IP capacity review. */
  readonly answers: readonly CapacityAnswer[];
  /** What was taken where nothing was given. */
  readonly assumptions: readonly string[];
  /** Figures that no source at hand has, and what that means here. */
  readonly unknown: readonly string[];
}
