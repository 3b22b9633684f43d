/** An IAM or key policy, as IAM spells it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Policy as JSON text. IAM variables such as `${aws:PrincipalTag/team}` are kept away from Terraform. */
export function policyJson(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }).replaceAll(
    "${aws:",
    () => "$${aws:",
  );
}

/** Lets an AWS service assume a role, for resources of this account only (the confused-deputy problem). */
export function serviceTrust(service: string, accountId: string): string {
  return policyJson([
    {
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);
}
