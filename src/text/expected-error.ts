/** Something a user can mend or has to know: the message is for them. Any other error is a fault of our own. */
export class ExpectedError extends Error {
  /** Of the program: 1 for findings, an invalid configuration or something that failed, 2 for wrong usage. */
  readonly exitCode: number = 1;
}
