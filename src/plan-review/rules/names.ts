import { listed, type Phrase, say, words } from "../model/phrase";
import { field, type Json, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";

/** `arn:aws:iam::111122223333:role/team/Auditor` is the role Auditor; of another account, it says so. */
export function principalName(principal: string, account: string | undefined): string {
  const arn = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):([\w-]+)(?:\/(?:.*\/)?(.+))?$/.exec(principal);
  if (arn === null) return principal;
  const [, owner = "", kind = "", name] = arn;
  const what = kind === "root" ? `account ${owner}` : `${kind} ${name ?? ""}`;
  return kind === "root" || owner === account ? what : `${what} of account ${owner}`;
}

export function principalNames(principals: readonly string[], account: string | undefined): Phrase {
  return listed(
    [...new Set(principals)].map((each) => principalName(each, account)),
    4,
  );
}

/** The account that a resource is in, by its ARN. */
export function accountOf({ before, after }: PlannedChange): string | undefined {
  const arns = [before, after].flatMap((values: Json) => text(field(values, "arn")) ?? []);
  return arns
    .map((arn) => /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn)?.[1])
    .find((each) => each !== undefined);
}

/** ` for role Auditor`, or nothing where a policy is for its holder. */
export function forWhom(principals: readonly string[], account: string | undefined): Phrase {
  return principals.length === 0 ? [] : say`${words(" for ")}${principalNames(principals, account)}`;
}
