import type { FoundIdentity } from "../found/software";
import { SAYS, tellUnlike } from "../found/unlike";
import type { Answers } from "./answers";

/** Last part of a role's ARN. */
function nameOf(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}

/** ARNs of the policies that a role has. */
export async function attachedPolicies(
  answers: Answers,
  arn: string | undefined,
): Promise<readonly string[]> {
  if (arn === undefined) return [];
  const all = await answers.listed(
    "attached-policy",
    "AttachedPolicies",
    "PolicyName",
    "iam",
    "list-attached-role-policies",
    "--role-name",
    nameOf(arn),
  );
  return all.flatMap((each) => each.at("PolicyArn").text() ?? []);
}

/** What a role may do: policies that it has, and those that are written within it. */
export async function rightsOf(
  answers: Answers,
  arn: string | undefined,
): Promise<Pick<FoundIdentity, "policies" | "statements">> {
  if (arn === undefined) return { policies: [], statements: [] };
  const role = ["--role-name", nameOf(arn)];
  const itself = await answers.one("role", "Role", "iam", "get-role", ...role);
  if (itself !== undefined) tellUnlike(itself.at("PermissionsBoundary"), () => false, SAYS.boundary);
  const names = await answers.names("PolicyNames", "iam", "list-role-policies", ...role);
  const inline = await Promise.all(
    names.map((name) =>
      answers.one("role-policy", "PolicyDocument", "iam", "get-role-policy", ...role, "--policy-name", name),
    ),
  );
  return {
    policies: await attachedPolicies(answers, arn),
    statements: inline.flatMap((at) => (at === undefined ? [] : [{ at, document: at.plain() }])),
  };
}
