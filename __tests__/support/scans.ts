/** How often lists, maps and objects of some length or more were gone through while something was done, by their identity. */
export interface Scans {
  /** By length, each with how often the most scanned one of that length was. */
  readonly byLength: ReadonlyMap<number, number>;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

const LISTS = [
  "filter",
  "map",
  "flatMap",
  "forEach",
  "reduce",
  "includes",
  "indexOf",
  "find",
  "findIndex",
  "some",
  "every",
];

/**
 * Does something while all passes over long lists are counted: of `filter` and the like, of spreads, of entries of maps and objects.
 * What is gone through once for each of many things is gone through more often where there are more of them.
 */
export function scansOf(least: number, work: () => void): Scans {
  const counts = new WeakMap<object, number>();
  const byLength = new Map<number, number>();
  const note = (scanned: object, length: number): void => {
    if (length < least) return;
    const count = (counts.get(scanned) ?? 0) + 1;
    counts.set(scanned, count);
    byLength.set(length, Math.max(count, byLength.get(length) ?? 0));
  };
  const undo: (() => void)[] = [];
  const wrap = (
    holder: object,
    name: string | symbol,
    before: (self: unknown, args: unknown[]) => void,
  ): void => {
    const real = Reflect.get(holder, name) as Method;
    const wrapped: Method = function (...args) {
      before(this, args);
      return Reflect.apply(real, this, args);
    };
    Object.defineProperty(holder, name, { value: wrapped, configurable: true, writable: true });
    undo.push(() => Object.defineProperty(holder, name, { value: real, configurable: true, writable: true }));
  };
  const ofList = (self: unknown) => {
    note(self as object, (self as readonly unknown[]).length);
  };
  const ofCollection = (self: unknown) => {
    note(self as object, (self as ReadonlySet<unknown>).size);
  };
  for (const name of [...LISTS, Symbol.iterator]) wrap(Array.prototype, name, ofList);
  for (const each of [Map, Set]) wrap(each.prototype, Symbol.iterator, ofCollection);
  const keys = Object.keys.bind(Object);
  for (const name of ["keys", "values", "entries"])
    wrap(Object, name, (_self, [of]) => {
      if (typeof of === "object" && of !== null) note(of, keys(of).length);
    });
  try {
    work();
  } finally {
    undo.forEach((each) => {
      each();
    });
  }
  return { byLength };
}
