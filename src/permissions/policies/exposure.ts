/** A way to more than is meant: who gets in, or how somebody gets further rights. */
export interface Exposure {
  readonly kind: "public" | "account" | "escalation";
  readonly stack: string;
  /** Of the policy's resource, or of the role. */
  readonly address: string;
  readonly detail: string;
  /** Why it is so for a reason of the design: then no rule finds it, and it is only shown. */
  readonly byDesign?: string;
}
