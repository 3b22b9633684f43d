/** A version that does not move, and how we know it. */
export interface Pin {
  readonly version: string;
  /** Where the version was read. */
  readonly source: string;
  /** Date of that source, `YYYY-MM-DD`. */
  readonly sourceDate: string;
  /** False where nobody has yet seen AWS or the registry offer this version; synth warns. */
  readonly verified: boolean;
}

export interface ChartPin extends Pin {
  /** `https://…` or `oci://…`. */
  readonly repository: string;
  readonly name: string;
}

/** EKS add-ons that the platform installs by name. */
export type AddonName =
  "vpc-cni" | "kube-proxy" | "coredns" | "aws-ebs-csi-driver" | "eks-pod-identity-agent";

export type ChartName = "cilium";

/** Versions known to work together. */
export interface Release {
  readonly name: string;
  readonly kubernetes: Pin;
  readonly addons: Readonly<Record<AddonName, Pin>>;
  readonly amis: {
    /** `releaseVersion` of managed node groups, for example `1.35.0-20260203`. */
    readonly al2023: Pin;
    readonly bottlerocket: Pin;
  };
  readonly charts: Readonly<Record<ChartName, ChartPin>>;
}
