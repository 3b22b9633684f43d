import { ExpectedError } from "../text/errors";

/** A file that can't be read as a plan: what it is, and what to do. One line. Wrong usage, as of any other argument. */
export class PlanError extends ExpectedError {
  override readonly exitCode = 2;

  constructor(source: string, what: string, remedy: string) {
    super(`${source} ${what}; ${remedy}`);
  }
}
