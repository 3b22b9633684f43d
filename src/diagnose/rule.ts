import type { CauseId } from "./causes/causes";
import { type Line, type Quote, quoteOf } from "./read/lines";
import type { World } from "./world";

/** How much a reading says: a program names the cause itself; its state shows it; it may be so. */
export type Certainty = "sure" | "likely" | "possible";

export interface Reading {
  readonly cause: CauseId;
  readonly certainty: Certainty;
  readonly quotes: readonly Quote[];
  /** What makes it this one: the action that is refused, the nodes that are full. */
  readonly detail?: string;
  /** Objects that it is about, `namespace/name`, or `namespace/` for all of one. Left out: nobody can say. */
  readonly about?: string;
}

/** Looks for causes in what was collected. */
export type Rule = (world: World) => readonly Reading[];

export interface Said {
  readonly cause: CauseId;
  readonly says: RegExp;
  /** Lines that say more than the pattern, and mean something else. */
  readonly unless?: RegExp;
  readonly certainty: Certainty;
  /** Program, version and file that writes it, or the page that lists it. */
  readonly from: string;
  readonly detail?: (found: RegExpExecArray, line: Line) => string | undefined;
}

/** A rule made of what programs write. Each line counts for itself. */
export function saidRule(table: readonly Said[]): Rule {
  return ({ lines }) =>
    lines.flatMap((line) =>
      table.flatMap(({ cause, says, unless, certainty, detail }): Reading[] => {
        const found = says.exec(line.text);
        if (found === null || unless?.test(line.text) === true) return [];
        const more = detail?.(found, line);
        return [
          {
            cause,
            certainty,
            quotes: [quoteOf(line, found[0])],
            ...(more !== undefined && { detail: more }),
            ...(line.about !== undefined && { about: line.about }),
          },
        ];
      }),
    );
}
