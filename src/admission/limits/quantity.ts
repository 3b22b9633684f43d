import { isUnknown, type Unknown, type Value } from "../../values/value";

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A quantity of Kubernetes in thousandths of its unit (cores, bytes), rounded up as LimitRange does (k8s.io/apimachinery,
 * pkg/api/resource, MilliValue). Undefined: it is none.
 */
export function thousandths(value: Value): number | Unknown | undefined {
  if (isUnknown(value)) return value;
  if (typeof value === "number") return Math.ceil(round(value * 1000));
  const [, number, suffix = ""] =
    (typeof value === "string" &&
      /^\+?(\d+(?:\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.exec(value)) ||
    [];
  if (number === undefined) return undefined;
  const unit = /^[eE][+-]?\d/.test(suffix) ? Number(`1${suffix}`) : SUFFIXES[suffix];
  return unit === undefined ? undefined : Math.ceil(round(Number(number) * unit * 1000));
}

/** Without the dust of binary fractions. */
function round(value: number): number {
  return Number(value.toPrecision(15));
}
