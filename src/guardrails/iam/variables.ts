import { Unknown } from "../value";
import type { CallRequest } from "./request";

/**
 * A text of a policy with its variables (`${aws:PrincipalTag/team}`, `${*}`) replaced. Undefined where the call does
 * not carry the key and no default is given: such an element matches nothing.
 */
export function substitute(text: string, { context }: CallRequest): string | undefined {
  if (!text.includes("${")) return text;
  let isComplete = true;
  const replaced = text.replaceAll(/\$\{([^}]*)\}/g, (_, variable: string) => {
    if (["*", "?", "$"].includes(variable)) return variable;
    const [, key = "", fallback] = /^([^,]+?)(?:\s*,\s*'(.*)')?$/.exec(variable) ?? [];
    const value = context[key.toLowerCase()];
    const found = value instanceof Unknown ? undefined : (value?.[0] ?? fallback);
    if (found === undefined) isComplete = false;
    return found ?? "";
  });
  return isComplete ? replaced : undefined;
}
