/** A place of what is imported, at which something can be said of it. */
export interface Noted {
  /** `cluster.yaml:9`, the address of a resource, or the question that AWS answered. */
  readonly where: string;
  /** The configuration has something like it. */
  changed(says: string): void;
  /** The configuration has nothing of it. */
  lost(says: string): void;
}

/** A value with its place. */
export interface Fact<T> {
  readonly value: T;
  readonly at: Noted;
}

export function fact<T>(value: T, at: Noted): Fact<T> {
  return { value, at };
}

/** A value that may not be there, with its place where it is. */
export function factOrNone<T>(value: T | undefined, at: Noted): Fact<T> | undefined {
  return value === undefined ? undefined : { value, at };
}
