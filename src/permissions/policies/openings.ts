import { isUnknown, entries, items, texts } from "../../values/value";
import type { Resource } from "../../guardrails/resource";
import type { Grants } from "../grants/grants";
import type { Exposure } from "./exposure";

/** Keys by which a policy that speaks to everybody means some (S3 User Guide, "The meaning of public"). */
const NARROWING =
  /^(aws:(principal(account|arn|orgid|orgpaths)|source(account|arn|orgid|orgpaths|owner|vpc|vpce)|userid)|kms:calleraccount|s3:dataaccesspoint(arn|account))$/i;

/** Policies of resources, and trusts of roles, that let in everybody or an account that no configuration names. */
export function openings(grants: Grants, namedAccounts: ReadonlySet<string>): Exposure[] {
  const held = [
    ...grants.resourcePolicies.map(({ kind, stack, address, statements }) => ({
      what: `the ${kind}'s policy`,
      stack,
      address,
      statements,
    })),
    ...grants.roles.map(({ stack, address, trust }) => ({
      what: "the role's trust",
      stack,
      address,
      statements: trust,
    })),
  ];
  return held.flatMap(({ what, stack, address, statements }) =>
    statements
      .filter(({ attributes }) => attributes.effect === "Allow" && attributes.isUnread !== true)
      .flatMap((statement): Exposure[] => {
        const { by, isOpen } = whoOf(statement);
        const said = sidOf(statement);
        if (isOpen) return [{ kind: "public", stack, address, detail: `${what} lets everybody in${said}` }];
        const foreign = by.filter(
          (account) => account !== grants.place.account && !namedAccounts.has(account),
        );
        return [...new Set(foreign)].map((account) => ({
          kind: "account",
          stack,
          address,
          detail: `${what} lets account ${account} in${said}, which the configuration does not name`,
        }));
      }),
  );
}

/** Accounts that a statement lets in, and whether it lets in everybody. */
function whoOf({ attributes }: Resource): { by: readonly string[]; isOpen: boolean } {
  const everybody = items(attributes.principals).some((each) => each === "*" || each === "AWS:*");
  const excepted = items(attributes.notPrincipals).length > 0;
  const named = texts(attributes.principals).flatMap(accountsIn);
  if (!everybody && !excepted) return { by: named, isOpen: false };
  const limits = isUnknown(attributes.conditions)
    ? []
    : entries(attributes.conditions).filter(([condition, values]) => narrows(condition, texts(values)));
  if (limits.length === 0) return { by: [], isOpen: !isUnknown(attributes.conditions) };
  // Each limit that says accounts leaves only those.
  const said = limits
    .map(([, values]) => texts(values).flatMap(accountsIn))
    .filter(({ length }) => length > 0);
  return { by: said[0] ?? [], isOpen: false };
}

function narrows(condition: string, values: readonly string[]): boolean {
  const [operator = "", key = ""] = condition.split(" ");
  if (/Not|IfExists|Null|ForAllValues/i.test(operator) || !NARROWING.test(key)) return false;
  // A condition on nothing but a pattern for all is none.
  return !values.some((each) => /^[*?:/]*$/.test(each));
}

/** `AWS:arn:aws:iam::111122223333:root`, `AWS:111122223333`, ARNs and ids that conditions compare. */
function accountsIn(text: string): string[] {
  const [, account] = /^(?:AWS:)?(?:arn:[\w-]+:[\w-]*:[\w-]*:)?(\d{12})(?::|$)/.exec(text) ?? [];
  return account === undefined ? [] : [account];
}

function sidOf({ attributes: { sid } }: Resource): string {
  return typeof sid === "string" && sid !== "" ? ` (${sid})` : "";
}
