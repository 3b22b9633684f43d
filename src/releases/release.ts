import type { ChartFacts } from "../components/chart";
import type { AddonName, AmiName, ChartName } from "../components/components";
import type { BundlePin, ChartVersion, Pin } from "../components/pin";

export type ChartPin = ChartVersion & Pick<ChartFacts, "repository" | "name">;

/** What is bound to a Kubernetes minor: the add-ons and node images that EKS offers for it. */
export interface EksMinor {
  readonly kubernetes: Pin;
  readonly addons: Readonly<Record<AddonName, Pin>>;
  /** For AL2023 `releaseVersion` of managed node groups, for example `1.35.0-20260203`. */
  readonly amis: Readonly<Record<AmiName, Pin>>;
}

/** Versions known to work together. */
export interface Release extends EksMinor {
  readonly name: string;
  /** Kubernetes of nodes and add-ons, where a config keeps them behind the control plane. */
  readonly nodes?: Pin;
  /** Gateway API bundle, experimental channel: the one that the release's Cilium and Istio both take. */
  readonly gatewayApi: BundlePin;
  readonly charts: Readonly<Record<ChartName, ChartPin>>;
}
