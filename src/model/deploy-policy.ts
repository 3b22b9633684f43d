/** A statement of the deploy role's policies, as IAM's JSON has it. */
export interface DeployStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** One managed policy of the deploy role, made of what deploys call. */
export interface DeployPolicy {
  /** Behind the role's name: `iam`, `services-2`. */
  readonly name: string;
  readonly statements: readonly DeployStatement[];
}
