/** One line of a compatibility table: which versions go with which. */
interface FitFacts {
  /** Read only where this range holds. */
  readonly versions: string;
  readonly range: string;
  /** The range for people: `1.30 to 1.33`. */
  readonly says: string;
  /** Upstream only says what it has tested. Left out: elsewhere it breaks, or upstream does not support it. */
  readonly level?: "warn";
  readonly source: string;
  /** `YYYY-MM-DD`, or `YYYY-MM` where the day is not known. */
  readonly sourceDate: string;
}

/** At `versions`, a component needs another one within `range`. */
export interface Needs extends FitFacts {
  readonly needs: string;
}

/** With Kubernetes at `versions`, a component has to be within `range`. */
export interface ForKubernetes extends FitFacts {
  readonly for: "control plane" | "nodes";
}

export type Fit = Needs | ForKubernetes;

/** Kubernetes of the control plane, as a component's table has it. */
export const onKubernetes = (
  versions: string,
  range: string,
  says: string,
  source: string,
  sourceDate: string,
): Needs => ({ needs: "kubernetes", versions, range, says, source, sourceDate });

/** The bundle of the Gateway API that a minor is made for. */
export const withBundle = (minor: string, bundle: string, source: string): Needs => ({
  needs: "gateway-api",
  versions: `~${minor}`,
  range: `~${bundle}`,
  says: `v${bundle}.x`,
  source,
  sourceDate: "2026-08",
});

/** Of what carries the minor of Kubernetes itself. */
export const minorOfNodes: readonly ForKubernetes[] = ["1.33", "1.34", "1.35"].map((minor) => ({
  for: "nodes",
  versions: `~${minor}`,
  range: `~${minor}`,
  says: `${minor}.x`,
  source: "Kubernetes version skew policy; EKS offers both by minor",
  sourceDate: "2026-09-24",
}));
