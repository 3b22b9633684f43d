/** Derived parts, each made when it is first asked for, once, and frozen. */
export class Parts {
  readonly #made = new Map<string, unknown>();

  get<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, frozen(make()));
    return this.#made.get(name) as T;
  }
}

/** The value with all of its lists and plain objects frozen. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype) return value;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
  return value;
}
