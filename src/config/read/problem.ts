import { counted } from "../../text/counted";
import { HIDDEN, hideSecrets, isSecretName } from "../../text/secrets";
import type { Position } from "./source-node";
import { shownText } from "./text-characters";
import { ExpectedError } from "../../text/errors";

/** Something wrong in the configuration: where, which value, and what to write instead. */
export interface Problem extends Position {
  /** Dotted path of the value, empty for a whole file. */
  readonly path: string;
  /** The value as the user wrote it; undefined where there is none. */
  readonly value?: string;
  /** What is wrong and the remedy, in one clause. */
  readonly message: string;
  /** What a waiver calls it, if it can be waived. */
  readonly rule?: string;
}

/** The configuration can't be used. Carries every problem of every file. */
export class ConfigError extends ExpectedError {
  constructor(readonly problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = "ConfigError";
  }
}

/** Paths and values may be long, or have lines and controls in them; a problem is one line. */
const LONGEST = { subject: 400, message: 4000 } as const;

export function formatProblem({ file, line, column, path, value, message }: Problem): string {
  const shown = value !== undefined && isVariable(path) && isSecretName(path) ? HIDDEN : value;
  const subject = [path, shown].filter((part) => part !== undefined && part !== "").join(": ");
  const start = subject === "" ? "" : `${shownText(subject, LONGEST.subject)}  `;
  return hideSecrets(`${file}:${line}:${column}  ${start}${shownText(message, LONGEST.message)}`);
}

/** Of a config only the variables of a service could hold a secret; what else is called so names one. */
function isVariable(path: string): boolean {
  return /\.environment\.[^.]+$/.test(path);
}

export function formatProblems(problems: readonly Problem[]): string {
  const files = new Set(problems.map(({ file }) => file)).size;
  return [
    ...problems.map(formatProblem),
    `${counted(problems.length, "problem")} in ${counted(files, "file")}`,
  ].join("\n");
}

/** By file and place; the same problem seen through two targets only once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...unique.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.path, b.path),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
