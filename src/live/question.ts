/** A question that `kubectl` or `aws` answers, or Cilium's command line or this one where somebody asks for it: its arguments without those that say which cluster or account. */
export interface Question {
  readonly tool: "kubectl" | "aws" | "cilium" | "octarine";
  readonly args: readonly string[];
  /** Standard input, for manifests. */
  readonly input?: string;
  /** Seconds to wait in place of the usual time. */
  readonly seconds?: number;
}

export type Answer =
  | { readonly is: "said"; readonly text: string }
  /** The tool ran and ended with an error; code 124, as `timeout` has it, where it did not end in time. */
  | { readonly is: "failed"; readonly code: number; readonly text: string; readonly stderr: string }
  /** Nobody could be asked: no tool, no recording. */
  | { readonly is: "missing"; readonly why: string };

/** Whoever answers questions about a cluster and its account: the tools themselves, or a folder of recorded answers. */
export interface Live {
  ask(question: Question): Promise<Answer>;
}

export function kubectl(...args: readonly string[]): Question {
  return { tool: "kubectl", args };
}

export function aws(...args: readonly string[]): Question {
  return { tool: "aws", args };
}

/** The question as one would type it in a POSIX shell. */
export function typed({ tool, args }: Question): string {
  return [tool, ...args.map(quoted)].join(" ");
}

function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
}

/** What an answer that says nothing failed of: one line. */
export function whyNot(answer: Exclude<Answer, { is: "said" }>): string {
  if (answer.is === "missing") return answer.why;
  const lines = `${answer.stderr}\n${answer.text}`
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  // kubectl logs before it says what is wrong: E1129 05:36:02.000000   12 memcache.go:265] ...
  const said = lines.find((line) => !/^[EWI]\d{4} /.test(line)) ?? lines[0];
  // Others go on with the sentence.
  return said?.replace(/\.+$/, "") ?? `it ended with code ${answer.code}`;
}

/** Whether an answer says that the caller may not ask; what was asked about may be as it should. */
export function isForbidden(answer: Answer): boolean {
  if (answer.is !== "failed") return false;
  return /\(Forbidden\)|is forbidden|\bUnauthorized\b|AccessDenied|not authorized to perform|UnauthorizedOperation|must be logged in/i.test(
    answer.stderr,
  );
}
