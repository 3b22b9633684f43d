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
