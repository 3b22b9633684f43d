/** What every error of ours says of itself. */
abstract class OctarineError extends Error {
  /** Whether a user can mend it, or only we. */
  abstract readonly kind: "user" | "fault";
  /** Of the program: 1 for findings, an invalid configuration or something that failed, 2 for wrong usage. */
  readonly exitCode: number = 1;
}

/** Something a user can mend or has to know: the message is for them. */
export class ExpectedError extends OctarineError {
  override readonly kind = "user";
}

/** Something that cannot be where the checks before have done their work: a fault of our own, to be reported. */
export class Fault extends OctarineError {
  override readonly kind = "fault";
}

/**
 * What is there by what came before, where the type can't say it.
 *
 * @throws Fault where it is not
 */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Fault(`${what} is missing`);
  return value;
}
