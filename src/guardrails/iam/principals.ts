import { type Attributes, isAbsent, isUnknown, items, type Value } from "../../values/value";
import { isText, matchesGlob } from "./glob";
import { anyOf, not, type Truth } from "./truth";

/** Who makes a call: a role of an account, a service of AWS, or somebody with an identity provider's token. */
export type Caller =
  | { readonly kind: "role"; readonly arn: string; readonly account: string; readonly session?: string }
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "federated"; readonly provider: string };

/** Whether a statement speaks of the caller itself, and whether of its account, which then decides by its own policies. */
export interface Named {
  readonly itself: Truth;
  readonly account: Truth;
}

/** By Principal or NotPrincipal (IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal"). */
export function namesCaller({ principals, notPrincipals, effect }: Attributes, caller: Caller): Named {
  if (isUnknown(principals) || isUnknown(notPrincipals)) {
    const [text] = [principals, notPrincipals].filter(isUnknown).map((each) => each.text);
    const unknown = { unknown: text || "the principals are known after apply" };
    return { itself: unknown, account: unknown };
  }
  if (!isAbsent(notPrincipals))
    return {
      itself: effect === "Deny" ? isLeft(notPrincipals, caller) : not(isIn(notPrincipals, caller)),
      account: false,
    };
  return { itself: isNamed(principals, caller), account: isOfAccount(principals, caller) };
}

function isIn(principals: Value, caller: Caller): Truth {
  return anyOf([isNamed(principals, caller), isOfAccount(principals, caller)]);
}

/**
 * Whether a Deny by NotPrincipal is for the caller: its account alone excepts nobody of it, and a role without its
 * account is excepted by some services only.
 */
function isLeft(excepted: Value, caller: Caller): Truth {
  const named = isNamed(excepted, caller);
  const isEverybody = items(excepted).some((each) => each === "*" || each === "AWS:*");
  if (caller.kind !== "role" || isEverybody || named === false) return not(named);
  return isOfAccount(excepted, caller) === true
    ? not(named)
    : { unknown: "NotPrincipal names the role without its account" };
}

function each(principals: Value, everybody: boolean, holds: (kind: string, name: string) => Truth): Truth {
  return anyOf(
    items(principals).map((value): Truth => {
      if (isUnknown(value)) return { unknown: `${value.text || "a principal"} is known after apply` };
      if (typeof value !== "string") return false;
      if (value === "*" || value === "*:*") return everybody;
      const cut = value.indexOf(":");
      return holds(value.slice(0, cut), value.slice(cut + 1));
    }),
  );
}

function isNamed(principals: Value, caller: Caller): Truth {
  return each(principals, true, (kind, name) => {
    switch (caller.kind) {
      case "role":
        if (kind !== "AWS") return false;
        if (name === "*") return true;
        return anyOf([
          isText(name, caller.arn),
          caller.session === undefined ? false : isText(name, caller.session),
        ]);
      case "service":
        return kind === "Service" ? isText(name, caller.name) : kind === "AWS" && name === "*";
      case "federated":
        return kind === "Federated" ? matchesGlob(name, caller.provider) : kind === "AWS" && name === "*";
    }
  });
}

function isOfAccount(principals: Value, caller: Caller): Truth {
  if (caller.kind !== "role") return false;
  return each(principals, false, (kind, name) => {
    if (kind !== "AWS" || name === "*") return false;
    const root = `${caller.arn.split(":").slice(0, 4).join(":")}:${caller.account}:root`;
    return anyOf([isText(name, caller.account), isText(name, root)]);
  });
}
