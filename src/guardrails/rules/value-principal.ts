import type { Resource } from "../resource";
import { rule, violation } from "../rule";
import { texts } from "../../values/value";
import { WHY } from "./value-tags";

/** Roles that AWS makes in a path; without it the ARN is of no role (IAM Identity Center and IAM User Guides). */
const PATHS: readonly (readonly [name: RegExp, path: RegExp, path: string])[] = [
  [/^AWSReservedSSO_/, /^aws-reserved\/sso\.amazonaws\.com\//, "aws-reserved/sso.amazonaws.com/"],
  [
    /^AWSServiceRoleFor/,
    /^aws-service-role\/[\w.-]+\.amazonaws\.com(\.cn)?\//,
    "aws-service-role/<service>/",
  ],
];

export const principalRule = rule({
  id: "VALUE-PRINCIPAL",
  area: "values",
  severity: "error",
  what: "A role that AWS makes in a path is named with its path.",
  why: `No role has the ARN without it: ${WHY}`,
  remedy: "Write the ARN as aws iam get-role shows it.",
  reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
  types: ["policy-statement", "aws_eks_access_entry"],
  check: (resource) =>
    namedRoles(resource).flatMap((arn) => {
      const [, role] = /^arn:[\w-]+:iam::\d+:role\/(.+)$/.exec(arn) ?? [];
      const name = role?.split("/").at(-1) ?? "";
      const [, , path] = PATHS.find(([named, within]) => named.test(name) && !within.test(role ?? "")) ?? [];
      return path === undefined
        ? []
        : [violation(`names ${arn}, which has no path ${path} in front of the name`)];
    }),
});

function namedRoles({ type, attributes }: Resource): string[] {
  if (type === "aws_eks_access_entry") return texts(attributes.principal_arn);
  // `AWS:arn:…`, as statements are read.
  return texts(attributes.principals).map((each) => each.replace(/^AWS:/, ""));
}
