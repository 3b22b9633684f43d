import { Unknown } from "../../values/value";
import { call, operate } from "./functions";
import { type Expression, parse } from "./parse";
import {
  type Cel,
  CelError,
  CelUnsupported,
  hasUnknownPart,
  isCelList,
  isCelMap,
  isCelUnknown,
  isEqual,
  isNothing,
  Optional,
} from "./value";

/** What a name stands for; undefined: there is no such name. Variables of a policy are `variables.<name>`. */
export type Scope = (name: string) => Cel;

/**
 * What an expression comes to, with what is not known yet as unknown: it is known all the same where it decides nothing.
 *
 * @throws CelError where the API server would call it an error
 * @throws CelUnsupported where it is not of the part of CEL that is read
 */
export function evaluate(source: string, scope: Scope): Cel {
  return valueOf(parse(source), scope);
}

const UNKNOWN = new Unknown(true);

function valueOf(expression: Expression, scope: Scope): Cel {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "name":
      return named(expression.name, scope);
    case "select":
      return selected(expression, scope);
    case "index":
      return indexed(expression, scope);
    case "list":
      return expression.items.map((each) => valueOf(each, scope));
    case "map":
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [keyOf(valueOf(key, scope)), valueOf(value, scope)]),
      );
    case "if": {
      const condition = valueOf(expression.condition, scope);
      if (isCelUnknown(condition)) return condition;
      return valueOf(isTruth(condition) ? expression.then : expression.otherwise, scope);
    }
    case "unary":
      return unary(expression.sign, valueOf(expression.of, scope));
    case "binary":
      return binary(expression, scope);
    case "call":
      return called(expression, scope);
  }
}

function named(name: string, scope: Scope): Cel {
  const found = scope(name);
  if (found === undefined) throw new CelUnsupported(`${name} is not read`);
  return found;
}

function isTruth(value: Cel): boolean {
  if (typeof value !== "boolean") throw new CelError("no such overload: true or false is expected");
  return value;
}

function unary(sign: string, value: Cel): Cel {
  if (isCelUnknown(value)) return value;
  if (sign === "!") return !isTruth(value);
  return operate("-", 0, value);
}

type Select = Extract<Expression, { kind: "select" }>;

function selected({ of, field, optional }: Select, scope: Scope): Cel {
  if (of.kind === "name" && of.name === "variables") return named(`variables.${field}`, scope);
  return memberOf(valueOf(of, scope), field, optional);
}

function memberOf(value: Cel, key: string | number, optional: boolean): Cel {
  if (isCelUnknown(value)) return value;
  if (value instanceof Optional) return value.isThere ? optionalMember(value.value, key) : value;
  if (optional) return optionalMember(value, key);
  const found = fieldOf(value, key);
  if (isNothing(found)) throw new CelError(`no such key: ${key}`);
  return found;
}

/** Unknown where nobody can tell whether it is there. */
function optionalMember(value: Cel, key: string | number): Cel {
  const found = isCelUnknown(value) ? value : fieldOf(value, key);
  return isCelUnknown(found) && !found.given ? found : new Optional(found);
}

function fieldOf(value: Cel, key: string | number): Cel {
  if (isCelList(value)) return typeof key === "number" ? value[key] : undefined;
  if (!isCelMap(value)) throw new CelError("no such overload: a map is expected");
  return Object.hasOwn(value, key) ? value[String(key)] : undefined;
}

function indexed({ of, at, optional }: Extract<Expression, { kind: "index" }>, scope: Scope): Cel {
  const key = valueOf(at, scope);
  const value = valueOf(of, scope);
  if (isCelUnknown(key) || isCelUnknown(value)) return UNKNOWN;
  if (typeof key !== "string" && typeof key !== "number") throw new CelError("no such overload: index");
  return memberOf(value, key, optional);
}

function binary({ sign, left, right }: Extract<Expression, { kind: "binary" }>, scope: Scope): Cel {
  if (sign === "||") return anyOf([() => valueOf(left, scope), () => valueOf(right, scope)], true);
  if (sign === "&&") return anyOf([() => valueOf(left, scope), () => valueOf(right, scope)], false);
  const a = valueOf(left, scope);
  const b = valueOf(right, scope);
  if (sign === "in") return isIn(a, b);
  if (sign === "==" || sign === "!=") {
    if (hasUnknownPart(a) || hasUnknownPart(b)) return UNKNOWN;
    return isEqual(a, b) === (sign === "==");
  }
  return isCelUnknown(a) || isCelUnknown(b) ? UNKNOWN : operate(sign, a, b);
}

function isIn(item: Cel, all: Cel): Cel {
  if (isCelUnknown(item) || isCelUnknown(all)) return UNKNOWN;
  if (isCelMap(all)) {
    const found = all[keyOf(item)];
    return isCelUnknown(found) && !found.given ? found : !isNothing(found);
  }
  if (!isCelList(all)) throw new CelError("no such overload: in");
  if (all.some((each) => !hasUnknownPart(each) && isEqual(each, item))) return true;
  return all.some(hasUnknownPart) ? UNKNOWN : false;
}

/**
 * `stop` where one of them comes to it, whatever becomes of the others (CEL, language definition: logical operators take
 * errors away). What is not known goes before errors.
 */
function anyOf(all: readonly (() => Cel)[], stop: boolean): Cel {
  let failed: CelError | undefined;
  let unknown: Unknown | undefined;
  for (const each of all) {
    try {
      const value = each();
      if (isCelUnknown(value)) unknown = value;
      else if (isTruth(value) === stop) return stop;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      failed = error;
    }
  }
  if (unknown !== undefined) return unknown;
  if (failed !== undefined) throw failed;
  return !stop;
}

function called({ on, name, args }: Extract<Expression, { kind: "call" }>, scope: Scope): Cel {
  if (on === undefined && name === "has") return has(args, scope);
  if (on?.kind === "name" && on.name === "optional" && scope("optional") === undefined) {
    const value = name === "of" && args[0] ? valueOf(args[0], scope) : undefined;
    return new Optional(value);
  }
  if (on !== undefined && isMacro(name, args)) return macro(name, valueOf(on, scope), args, scope);
  const subject = on === undefined ? undefined : valueOf(on, scope);
  const values = args.map((each) => valueOf(each, scope));
  if (name === "dyn") return values[0];
  const isReadWhole = name === "join" || name === "split";
  if ([subject, ...values].some(isReadWhole ? hasUnknownPart : isCelUnknown)) return UNKNOWN;
  return call(name, subject, values, on !== undefined);
}

function has([arg]: readonly Expression[], scope: Scope): Cel {
  if (arg?.kind !== "select") throw new CelUnsupported("has is read for a field only");
  const value = valueOf(arg.of, scope);
  if (isCelUnknown(value)) return value;
  const found = fieldOf(value instanceof Optional ? value.value : value, arg.field);
  return isCelUnknown(found) && !found.given ? found : !isNothing(found);
}

const MACROS = ["exists", "all", "filter", "map", "exists_one"];

function isMacro(name: string, args: readonly Expression[]): boolean {
  return MACROS.includes(name) && args[0]?.kind === "name";
}

function macro(name: string, range: Cel, args: readonly Expression[], scope: Scope): Cel {
  const [variable, ...bodies] = args;
  const [body, second] = bodies;
  if (variable?.kind !== "name" || body === undefined || (second !== undefined && name !== "map"))
    throw new CelUnsupported(`${name} with these arguments is not read`);
  if (isCelUnknown(range)) return range;
  const all = isCelMap(range) ? Object.keys(range).filter((key) => !isNothing(range[key])) : range;
  if (!isCelList(all)) throw new CelError(`no such overload: ${name}`);
  const within =
    (item: Cel): Scope =>
    (key) =>
      key === variable.name ? item : scope(key);
  const judged = (item: Cel): Cel => valueOf(body, within(item));
  if (name === "exists" || name === "all")
    return anyOf(
      all.map((each) => () => judged(each)),
      name === "exists",
    );
  if (name === "map" && second === undefined) return all.map(judged);
  const kept = all.map((each) => [each, judged(each)] as const);
  if (kept.some(([, answer]) => isCelUnknown(answer))) return UNKNOWN;
  const passing = kept.filter(([, answer]) => isTruth(answer)).map(([each]) => each);
  if (name === "exists_one") return passing.length === 1;
  return second === undefined ? passing : passing.map((each) => valueOf(second, within(each)));
}

/** A key of a map as text: the objects here have no others. */
function keyOf(value: Cel): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return `${value}`;
  throw new CelUnsupported("a key that is not text is not read");
}
