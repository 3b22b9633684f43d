import type { MinorName, ReleaseName } from "../releases/names";

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
  /** Set where a release is older than the component's first pin: the first release that has it. */
  readonly since?: ReleaseName;
}

/** Version of a chart. Where it comes from is its component's to say. */
export interface ChartVersion extends Pin {
  /** The chart's own demand on the Kubernetes version, as its Chart.yaml writes it. Left out: it has none we know. */
  readonly kubeVersion?: string;
  /** `sha256:…` of the chart archive as the repository's index gives it. Left out: no index was in reach. */
  readonly digest?: string;
}

/** Custom resource definitions that their publisher offers as one file of manifests. */
export interface BundlePin extends Pin {
  /** SHA-256 of that file, 64 hex digits, and where it was seen. Left out: no copy of the publisher's was in reach. */
  readonly digest?: { readonly sha256: string; readonly source: string };
}

/**
 * Versions by the release from which on they hold: each until the next that is named, the last one for good. Cutting a release
 * adds to them and changes nothing of an older one. Releases before the first do not have the component.
 */
export type ReleasePins<Of extends Pin> = Readonly<Partial<Record<ReleaseName, Of>>>;

/** The same of each chart of a component. */
export type ChartPins<Charts extends string> = Readonly<Record<Charts, ReleasePins<ChartVersion>>>;

/** Versions that EKS offers for a Kubernetes minor. */
export type MinorPins = Readonly<Record<MinorName, Pin>>;
