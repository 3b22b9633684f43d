import { Fault } from "../../text/errors";
import { isUnknown, type Unknown, type Value } from "../../values/value";

/** `optional` of CEL: something or nothing. */
export class Optional {
  constructor(readonly value: Cel = undefined) {}

  get isThere(): boolean {
    return !isNothing(this.value);
  }
}

/** What an expression comes to. `undefined` and null of an object stand for fields that are not there. */
export type Cel = Value | Optional | readonly Cel[] | { readonly [key: string]: Cel };

/** What the API server would call an error of the expression, such as a field that is not there. */
export class CelError extends Fault {}

/** A part of CEL that is not read here: nobody can tell what comes of it. */
export class CelUnsupported extends Fault {}

export function isNothing(value: Cel): value is undefined | null {
  return value === undefined || value === null;
}

export function isCelUnknown(value: Cel): value is Unknown {
  return isUnknown(value as Value);
}

export function isCelList(value: Cel): value is readonly Cel[] {
  return Array.isArray(value);
}

export function isCelMap(value: Cel): value is { readonly [key: string]: Cel } {
  return (
    typeof value === "object" &&
    value !== null &&
    !isCelList(value) &&
    !isCelUnknown(value) &&
    !(value instanceof Optional)
  );
}

export function hasUnknownPart(value: Cel): boolean {
  if (isCelUnknown(value)) return true;
  if (value instanceof Optional) return hasUnknownPart(value.value);
  if (isCelList(value)) return value.some(hasUnknownPart);
  return isCelMap(value) && Object.values(value).some(hasUnknownPart);
}

/** Equal in kind and content; maps whatever the order of their keys. */
export function isEqual(a: Cel, b: Cel): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (a instanceof Optional || b instanceof Optional)
    return a instanceof Optional && b instanceof Optional && isEqual(a.value, b.value);
  if (isCelList(a))
    return isCelList(b) && a.length === b.length && a.every((each, index) => isEqual(each, b[index]));
  if (isCelMap(a)) {
    if (!isCelMap(b)) return false;
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => isEqual(a[key], b[key]));
  }
  return a === b;
}
