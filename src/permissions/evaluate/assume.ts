import type { AwsCall } from "../../components/aws-call";
import type { Caller } from "../../guardrails/iam/principals";
import { texts } from "../../values/value";
import type { Role } from "../grants/grants";
import type { Identity } from "../identity";

/** How an identity comes by its role: a call that somebody else makes, and who. */
export interface Assumption {
  readonly call: AwsCall;
  readonly caller: Caller & { readonly kind: "service" };
}

const PODS = "pods.eks.amazonaws.com";

/** Services that take a role for what they run. Other roles are taken by a call of another identity's. */
export function assumptionsOf(identity: Identity, role: Role): Assumption[] {
  const principals = role.trust.flatMap(({ attributes }) => texts(attributes.principals));
  switch (identity.kind) {
    case "node":
      return assumptions(role, "ec2.amazonaws.com", ["sts:AssumeRole"], "EC2 gives instances their role");
    case "control-plane":
      return assumptions(
        role,
        "eks.amazonaws.com",
        ["sts:AssumeRole"],
        "EKS runs the control plane by its role",
      );
    case "controller":
    case "service":
      // Roles that a controller takes by itself name its own.
      return principals.length > 0 && principals.every((each) => each.startsWith("AWS:"))
        ? []
        : assumptions(role, PODS, ["sts:AssumeRole", "sts:TagSession"], "Pod Identity gives pods their role");
    case "aws":
      return assumptions(
        role,
        "vpc-flow-logs.amazonaws.com",
        ["sts:AssumeRole"],
        "VPC writes flow logs by its role",
        { "aws:SourceAccount": [role.arn.split(":")[4] ?? ""] },
      );
    case "deploy":
    case "ci":
    case "bootstrap":
      return [];
  }
}

function assumptions(
  role: Role,
  service: string,
  actions: readonly string[],
  why: string,
  context?: AwsCall["context"],
): Assumption[] {
  const source =
    service === PODS
      ? 'EKS User Guide, "Create IAM role with trust policy required by EKS Pod Identity"'
      : 'IAM User Guide, "Create a role to delegate permissions to an AWS service"';
  return actions.map((action) => ({
    call: { action, resources: [role.arn], why, source, when: "run", ...(context && { context }) },
    caller: { kind: "service", name: service },
  }));
}
