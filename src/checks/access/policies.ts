import type { ConfigPath } from "../../config/read/source-node";
import type { Finding } from "../finding";

/**
 * Policies that a role does not take, or has already.
 *
 * @param accountId the account of the role
 * @param own policies that it has from the platform
 */
export function policyFindings(
  path: ConfigPath,
  arns: readonly string[],
  accountId: string,
  own?: RegExp,
): Finding[] {
  return arns.flatMap((arn, index): Finding[] => {
    const message =
      arns.indexOf(arn) < index
        ? "is listed twice; keep one"
        : own?.test(arn)
          ? "is on every node's role already; remove it"
          : foreignProblem(arn, accountId);
    return message === undefined ? [] : [{ path: [...path, index], message }];
  });
}

function foreignProblem(arn: string, accountId: string): string | undefined {
  const account = /^arn:[^:]+:iam::([^:]+):/.exec(arn)?.[1];
  return account === "aws" || account === accountId
    ? undefined
    : `is of account ${account}, and a role takes policies of its own account and of AWS only; write one of ${accountId}`;
}
