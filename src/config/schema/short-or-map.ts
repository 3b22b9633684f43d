import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * Message of a union of a short text and a map. zod says only that nothing fits; where the user wrote a map, this says
 * what is wrong inside it.
 */
export function shortOrMap(message: string): (issue: { errors?: unknown; input?: unknown }) => string {
  return ({ errors, input }) => {
    if (typeof input !== "object" || input === null || !isIssueLists(errors)) return message;
    const [first] = errors.at(-1) ?? [];
    return first === undefined ? message : inside(first, input);
  };
}

function inside(issue: Issue, input: unknown): string {
  const at = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const keys = [...issue.path.map(String), issue.keys[0]].join(".");
    return `has the unknown key ${keys}; remove it`;
  }
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return `has a wrong ${at}; write one of ${issue.options.map(String).join(", ")}`;
  }
  if (at !== "" && !isThere(input, issue.path)) return `has no ${at}; add it`;
  if (issue.code === "invalid_value" && issue.message.startsWith("Invalid")) {
    return `has a wrong ${at}; write one of ${issue.values.map(String).join(", ")}`;
  }
  if (/^(Invalid|Too) /.test(issue.message))
    return `has a wrong ${at}: it is of another kind, or out of range`;
  return `has a wrong ${at}: it ${issue.message}`;
}

function isThere(input: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    input,
  );
  return value !== undefined;
}

function isIssueLists(value: unknown): value is Issue[][] {
  return Array.isArray(value) && value.every(Array.isArray);
}
