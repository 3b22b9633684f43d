/** What a new repository is asked for; all else is in its YAML, to be changed there. */
export interface Choices {
  /** 12 digits. */
  readonly account: string;
  readonly environment: string;
  readonly regions: readonly string[];
  readonly cni: Cni;
  readonly egress: Egress;
  readonly size: Size;
  /** `account.ci` as YAML, with what has to be said of it. */
  readonly ciAccount?: { readonly comment?: string; readonly yaml: string };
}

export const cnis = ["cilium-eni", "cilium-overlay", "cilium-chaining", "vpc-cni"] as const;
export type Cni = (typeof cnis)[number];

/** Those that need nothing which only the account knows; docs/egress.md has the others. */
export const egresses = ["nat-per-zone", "nat-single", "none"] as const;
export type Egress = (typeof egresses)[number];

export const sizes = ["small", "medium", "large"] as const;
export type Size = (typeof sizes)[number];
