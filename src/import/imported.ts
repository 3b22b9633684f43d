import type { Draft } from "./draft";
import type { Note } from "./notes";

/** What is imported, and each point at which it is not what it was. */
export interface Imported {
  readonly draft: Draft;
  readonly notes: readonly Note[];
}
