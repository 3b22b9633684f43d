import type { ChartFacts } from "../components/chart";
import type { AddonName, AmiName, ChartName } from "../components/components";

/** A version that does not move, and how we know it. */
export interface Pin {
  readonly version: string;
  /** Where the version was read. */
  readonly source: string;
  /** Date of that source, `YYYY-MM-DD`, or `YYYY-MM` where the day is not known. */
  readonly sourceDate: string;
  /**
   * True where the publisher was seen to offer this version: AWS, a chart repository's index, or the release tag that
   * publishes it. Synth warns of the others.
   */
  readonly verified: boolean;
  /** Why it is not verified. */
  readonly doubt?: string;
  /** Set where a config puts this version in place of the release's: its reason, and what it replaces. */
  readonly override?: { readonly reason: string; readonly replaces: string };
}

/** Version of a chart. Where it comes from is its component's to say. */
export interface ChartVersion extends Pin {
  /** The chart's own demand on the Kubernetes version, as its Chart.yaml writes it. Left out: it has none we know. */
  readonly kubeVersion?: string;
  /** `sha256:…` of the chart archive as the repository's index gives it. Left out: no index was in reach. */
  readonly digest?: string;
}

export type ChartPin = ChartVersion & Pick<ChartFacts, "repository" | "name">;

/** Custom resource definitions that their publisher offers as one file of manifests. */
export interface BundlePin extends Pin {
  /** SHA-256 of that file, 64 hex digits, and where it was seen. Left out: no copy of the publisher's was in reach. */
  readonly digest?: { readonly sha256: string; readonly source: string };
}

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
