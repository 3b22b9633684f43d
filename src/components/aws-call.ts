/** When an identity makes a call: a deploy by what it does with a resource, everybody else while it runs. */
export type CallTime = "create" | "read" | "update" | "delete" | "run";

/** A call of AWS that an identity makes. */
export interface AwsCall {
  /** `ec2:CreateVolume` */
  readonly action: string;
  /**
   * ARNs, each of which must be allowed. `*` where the action knows no resource; a `*` within an ARN where any of a
   * family is meant; Terraform references as they are synthesized where a name is unknown before apply.
   */
  readonly resources: readonly string[];
  /**
   * Condition keys that this request carries, such as `aws:RequestTag/ebs.csi.aws.com/cluster`, and tags that its
   * resources have by then (`aws:ResourceTag/…`), with all values. A `*` within a value is any text.
   */
  readonly context?: Readonly<Record<string, readonly string[]>>;
  /** What for, in a reader's words. */
  readonly why: string;
  /** Repository, version and path, or AWS's page. */
  readonly source: string;
  readonly when?: CallTime;
}
