import { type Cel, CelError, CelUnsupported, isCelList, isCelMap, isNothing, Optional } from "./value";

type Fn = (on: Cel, args: readonly Cel[]) => Cel;

const asText = (value: Cel): string => {
  if (typeof value !== "string") throw new CelError("no such overload: a text is expected");
  return value;
};
const asNumber = (value: Cel): number => {
  if (typeof value !== "number") throw new CelError("no such overload: a number is expected");
  return value;
};
const asList = (value: Cel): readonly Cel[] => {
  if (!isCelList(value)) throw new CelError("no such overload: a list is expected");
  return value;
};
const asOptional = (value: Cel): Optional => {
  if (!(value instanceof Optional)) throw new CelError("no such overload: an optional is expected");
  return value;
};

function size(value: Cel): number {
  if (typeof value === "string") return [...value].length;
  if (isCelList(value)) return value.length;
  if (isCelMap(value)) return Object.values(value).filter((each) => !isNothing(each)).length;
  throw new CelError("no such overload: size");
}

function matches(text: string, pattern: string): boolean {
  const [, flags = "", rest = pattern] = /^\(\?([ism]+)\)(.*)$/s.exec(pattern) ?? [];
  try {
    return new RegExp(rest, `u${flags}`).test(text);
  } catch {
    throw new CelUnsupported(`the pattern ${pattern} is not read`);
  }
}

function toInt(value: Cel): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "string" && /^-?\d+$/.test(value)) return Number(value);
  throw new CelError("type conversion error: int");
}

function toText(value: Cel): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return `${value}`;
  throw new CelError("type conversion error: string");
}

/** Functions of a value, as CEL and the API server's libraries of strings, lists and optionals have them. */
const methods: Readonly<Record<string, Fn>> = {
  size: (on) => size(on),
  startsWith: (on, [prefix]) => asText(on).startsWith(asText(prefix)),
  endsWith: (on, [suffix]) => asText(on).endsWith(asText(suffix)),
  contains: (on, [part]) => asText(on).includes(asText(part)),
  matches: (on, [pattern]) => matches(asText(on), asText(pattern)),
  lowerAscii: (on) => asText(on).replace(/[A-Z]/g, (each) => each.toLowerCase()),
  upperAscii: (on) => asText(on).replace(/[a-z]/g, (each) => each.toUpperCase()),
  trim: (on) => asText(on).trim(),
  split: (on, [separator, limit]) => {
    if (limit !== undefined) throw new CelUnsupported("split with a limit is not read");
    return asText(on).split(asText(separator));
  },
  replace: (on, [from, to, limit]) => {
    if (limit !== undefined) throw new CelUnsupported("replace with a limit is not read");
    return asText(on).replaceAll(asText(from), () => asText(to));
  },
  join: (on, [separator = ""]) => asList(on).map(asText).join(asText(separator)),
  orValue: (on, [otherwise]) => {
    const { isThere, value } = asOptional(on);
    return isThere ? value : otherwise;
  },
  hasValue: (on) => asOptional(on).isThere,
  value: (on) => {
    const { isThere, value } = asOptional(on);
    if (!isThere) throw new CelError("optional.none() dereference");
    return value;
  },
  or: (on, [other]) => (asOptional(on).isThere ? on : asOptional(other)),
};

const functions: Readonly<Record<string, Fn>> = {
  size: (_, [value]) => size(value),
  dyn: (_, [value]) => value,
  string: (_, [value]) => toText(value),
  int: (_, [value]) => toInt(value),
  matches: (_, [text, pattern]) => matches(asText(text), asText(pattern)),
};

/** @throws CelUnsupported where no such function is read */
export function call(name: string, on: Cel, args: readonly Cel[], isMethod: boolean): Cel {
  const found = (isMethod ? methods : functions)[name];
  if (found === undefined) throw new CelUnsupported(`the function ${name} is not read`);
  return found(on, args);
}

/** What a sign between two values comes to, both known. */
export function operate(sign: string, left: Cel, right: Cel): Cel {
  switch (sign) {
    case "+":
      if (isCelList(left)) return [...left, ...asList(right)];
      return typeof left === "string" ? left + asText(right) : asNumber(left) + asNumber(right);
    case "-":
      return asNumber(left) - asNumber(right);
    case "*":
      return asNumber(left) * asNumber(right);
    case "/":
    case "%": {
      const by = asNumber(right);
      if (by === 0) throw new CelError("division by zero");
      return sign === "/" ? Math.trunc(asNumber(left) / by) : asNumber(left) % by;
    }
    default:
      return compares(sign, left, right);
  }
}

function compares(sign: string, left: Cel, right: Cel): boolean {
  const order =
    typeof left === "string" ? compareTexts(left, asText(right)) : asNumber(left) - asNumber(right);
  switch (sign) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      throw new CelUnsupported(`${sign} is not read`);
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
