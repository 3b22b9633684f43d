/** A file that can't be reviewed: what it is, and what to do. One line. */
export class PlanError extends Error {
  constructor(source: string, what: string, remedy: string) {
    super(`${source} ${what}; ${remedy}`);
  }
}
