import { isUnknown, text, Unknown, type Value } from "../../values/value";
import { isText, matchesArn, matchesGlob } from "./glob";
import { isInRange } from "./ip";
import { type CallRequest, type ContextValue, valueOfKey } from "./request";
import { symbolsIn } from "./symbol";
import { allOf, anyOf, not, type Truth } from "./truth";
import { substitute } from "./variables";

type Compare = (given: string, compared: string) => Truth;

/** A value of another kind than the operator's is equal to nothing, and neither less nor greater than anything. */
function ordered(
  read: (text: string) => number,
  holds: (given: number, compared: number) => boolean,
): Compare {
  return (given, compared) => {
    const open = openIn(given, compared);
    return open === undefined ? holds(read(given), read(compared)) : { unknown: open };
  };
}

const number = (holds: (given: number, compared: number) => boolean): Compare =>
  ordered((text) => (text.trim() === "" ? NaN : Number(text)), holds);
/** ISO 8601, or seconds since 1970. */
const date = (holds: (given: number, compared: number) => boolean): Compare =>
  ordered((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text)), holds);

const address: Compare = (given, compared) => {
  const open = openIn(given, compared);
  return open === undefined ? (isInRange(compared, given) ?? false) : { unknown: open };
};

function openIn(given: string, compared: string): string | undefined {
  if (given.includes("*")) return "the call's value may be any";
  const [symbol] = [...symbolsIn(given), ...symbolsIn(compared)];
  return symbol === undefined ? undefined : `${symbol} is known after apply`;
}

const lower = (each: string): string => each.toLowerCase();

/** Comparisons of IAM, without their negated forms. IAM User Guide, "IAM JSON policy elements: Condition operators". */
const COMPARISONS: Readonly<Record<string, Compare>> = {
  stringequals: (given, compared) => isText(compared, given),
  stringequalsignorecase: (given, compared) => isText(compared, given, true),
  stringlike: (given, compared) => matchesGlob(compared, given),
  arnequals: (given, compared) => matchesArn(compared, given),
  arnlike: (given, compared) => matchesArn(compared, given),
  bool: (given, compared) => isText(compared, given, true),
  binaryequals: (given, compared) => isText(compared, given),
  ipaddress: address,
  numericequals: number((given, compared) => given === compared),
  numericlessthan: number((given, compared) => given < compared),
  numericlessthanequals: number((given, compared) => given <= compared),
  numericgreaterthan: number((given, compared) => given > compared),
  numericgreaterthanequals: number((given, compared) => given >= compared),
  dateequals: date((given, compared) => given === compared),
  datelessthan: date((given, compared) => given < compared),
  datelessthanequals: date((given, compared) => given <= compared),
  dategreaterthan: date((given, compared) => given > compared),
  dategreaterthanequals: date((given, compared) => given >= compared),
};

const NEGATED: Readonly<Record<string, string>> = {
  stringnotequals: "stringequals",
  stringnotequalsignorecase: "stringequalsignorecase",
  stringnotlike: "stringlike",
  arnnotequals: "arnequals",
  arnnotlike: "arnlike",
  numericnotequals: "numericequals",
  datenotequals: "dateequals",
  notipaddress: "ipaddress",
};

interface Operator {
  readonly name: string;
  readonly ifExists: boolean;
  readonly set: "any" | "all" | undefined;
}

/** What a condition compares, and how. */
interface Comparison {
  readonly operator: Operator;
  readonly operatorText: string;
  readonly key: string;
}

const comparisons = new Map<string, Comparison>();

/** `ForAnyValue:StringNotLikeIfExists aws:TagKeys` in its parts; policies have few of them, and many times. */
function comparisonOf(condition: string): Comparison {
  const known = comparisons.get(condition);
  if (known !== undefined) return known;
  const [, operatorText = "", key = ""] = /^(\S+) (.*)$/.exec(condition) ?? [];
  const found = { operator: parseOperator(operatorText), operatorText, key };
  comparisons.set(condition, found);
  return found;
}

function parseOperator(operator: string): Operator {
  const [, set, rest = ""] = /^(?:(forallvalues|foranyvalue):)?(.*)$/.exec(lower(operator)) ?? [];
  const ifExists = rest.endsWith("ifexists");
  return {
    name: ifExists ? rest.slice(0, -"ifexists".length) : rest,
    ifExists,
    set: set === undefined ? undefined : set === "forallvalues" ? "all" : "any",
  };
}

/** One condition, `<operator> <key>` with the values that it compares with. */
export function conditionHolds(condition: string, compared: readonly Value[], request: CallRequest): Truth {
  const { operator, operatorText, key } = comparisonOf(condition);
  const given = valueOfKey(request, key);
  if (operator.name === "null") return nullHolds(given, compared);
  if (given === undefined) return absentHolds(operator);
  if (given instanceof Unknown) return { unknown: `${key} is known after apply` };
  const negated = NEGATED[operator.name];
  const compare = COMPARISONS[negated ?? operator.name];
  if (compare === undefined) return { unknown: `operator ${operatorText} is not evaluated` };
  const one = (value: string): Truth =>
    anyOf(compared.map((each) => comparedWith(each, value, compare, request, key)));
  const judged = given.map((value) => (negated === undefined ? one(value) : not(one(value))));
  // Without a set operator a key has one value; a negated form has to hold for all that are there.
  return operator.set === "all" || (operator.set === undefined && negated !== undefined)
    ? allOf(judged)
    : anyOf(judged);
}

function comparedWith(
  value: Value,
  given: string,
  compare: Compare,
  request: CallRequest,
  key: string,
): Truth {
  if (isUnknown(value)) return { unknown: `what ${key} is compared with is known after apply` };
  const expected = substitute(text(value), request);
  return expected === undefined ? false : compare(given, expected);
}

/** A key that the call does not carry: negated forms hold, the others don't. */
function absentHolds({ name, ifExists, set }: Operator): Truth {
  if (ifExists) return true;
  if (set !== undefined) return set === "all";
  return NEGATED[name] !== undefined;
}

function nullHolds(given: ContextValue | undefined, compared: readonly Value[]): Truth {
  if (given instanceof Unknown && !given.given)
    return { unknown: "whether the key is there is known after apply" };
  if (compared.some(isUnknown)) return { unknown: "what Null is compared with is known after apply" };
  const isNull = given === undefined || (!(given instanceof Unknown) && given.length === 0);
  return compared.some((each) => lower(text(each)) === String(isNull));
}
