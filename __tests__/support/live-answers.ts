import { type Answer, type Live, type Question, typed } from "../../src/live/question";

/** Answers by the command line, without its format, or by how it begins (`aws iam *`); texts are as the tools write them, and `undefined` is nobody's. */
export type Answers = Readonly<Record<string, unknown>>;

export function live(answers: Answers): Live {
  return { ask: (question) => Promise.resolve(answerTo(question, answers)) };
}

function answerTo(question: Question, answers: Answers): Answer {
  const command = typed(question).replace(/ (-o|--output) json$/, "");
  const begun = Object.keys(answers).find((key) => key.endsWith("*") && command.startsWith(key.slice(0, -1)));
  const value = answers[command] ?? (begun === undefined ? undefined : answers[begun]);
  if (value === undefined) return { is: "missing", why: `nobody answers: ${command}` };
  if (value instanceof Error) return { is: "failed", code: 1, text: "", stderr: value.message };
  return { is: "said", text: typeof value === "string" ? value : JSON.stringify(value) };
}

export function list(...items: readonly object[]): object {
  return { apiVersion: "v1", kind: "List", items };
}

/** An object with name, namespace and whatever else. */
export function object(name: string, more: object = {}, namespace?: string, kind = "Thing"): object {
  const given = more as { readonly metadata?: object };
  return {
    kind,
    ...more,
    metadata: { name, ...(namespace !== undefined && { namespace }), ...given.metadata },
  };
}

export function conditions(
  ...all: readonly (readonly [type: string, status: string, message?: string])[]
): object {
  return {
    status: {
      conditions: all.map(([type, status, message = ""]) => ({ type, status, reason: "Because", message })),
    },
  };
}
