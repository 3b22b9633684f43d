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
    return first === undefined ? message : inside(first);
  };
}

function inside(issue: Issue): string {
  const at = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const keys = [...issue.path.map(String), issue.keys[0]].join(".");
    return `has the unknown key ${keys}; remove it`;
  }
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return `has in ${at} none of ${issue.options.map(String).join(", ")}; write one of them`;
  }
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    return `has no ${at}; add it`;
  }
  return `has a wrong ${at}: it ${issue.message.startsWith("Invalid input") ? "is of another type" : issue.message}`;
}

function isIssueLists(value: unknown): value is Issue[][] {
  return Array.isArray(value) && value.every(Array.isArray);
}
