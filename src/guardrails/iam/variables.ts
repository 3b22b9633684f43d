import { Unknown, type Value } from "../../values/value";
import { type CallRequest, valueOfKey } from "./request";
import { LITERAL_QUESTION, LITERAL_STAR, symbol } from "./symbol";

const CHARACTERS: Readonly<Record<string, string>> = { "*": LITERAL_STAR, "?": LITERAL_QUESTION, $: "$" };

/**
 * A text of a policy with its variables (`${aws:PrincipalTag/team}`, `${*}`) replaced. Undefined where the call does
 * not carry the key and no default is given: such an element matches nothing (IAM User Guide, "Policy variables").
 */
export function substitute(text: string, request: CallRequest): string | undefined {
  if (!text.includes("${")) return text;
  let isComplete = true;
  const replaced = text.replaceAll(/\$\{([^}]*)\}/g, (_, variable: string) => {
    const character = CHARACTERS[variable];
    if (character !== undefined) return character;
    const [, key = "", fallback] = VARIABLE.exec(variable) ?? [];
    const value = valueOfKey(request, key);
    if (value instanceof Unknown) return symbol(value.text || key);
    // Of several values none is the one that the variable could stand for.
    const found = value?.length === 1 ? value[0] : fallback;
    if (found === undefined) isComplete = false;
    return (found ?? "").replaceAll("*", symbol(key));
  });
  return isComplete ? replaced : undefined;
}

/** A condition key, and what stands for it where the call does not carry it. */
const VARIABLE = /^([^,]+?)(?:\s*,\s*'(.*)')?$/;

/** Condition keys that a text of a policy has values of. */
export function variablesIn(value: Value): string[] {
  if (typeof value !== "string" || !value.includes("${")) return [];
  return [...value.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, variable = ""]) =>
    Object.hasOwn(CHARACTERS, variable) ? [] : (VARIABLE.exec(variable)?.[1] ?? []),
  );
}
