import type { AwsCall } from "../components/aws-call";

export type IdentityKind =
  "deploy" | "ci" | "bootstrap" | "controller" | "node" | "service" | "control-plane" | "aws";

/** Who calls AWS, and all that it must be able to call. */
export interface Identity {
  /** `karpenter`, `external-secrets store app`: as people name it. */
  readonly name: string;
  readonly kind: IdentityKind;
  /** Service account of the pods that call by it, where that is not its name. */
  readonly account?: string;
  /** Its role in the synthesized JSON: the id of the stack, and the address, such as `aws_iam_role.x` or `module.x.aws_iam_role.this[0]`. */
  readonly where: { readonly stack: string; readonly address: string };
  readonly calls: readonly AwsCall[];
  /** Who calls where it is by no role of these stacks: only a resource's own policy lets it. */
  readonly principal?: Principal;
}

/** A service of AWS, or a role that AWS makes for one. */
export type Principal =
  { readonly kind: "service"; readonly name: string } | { readonly kind: "role"; readonly arn: string };
