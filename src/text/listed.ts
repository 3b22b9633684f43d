/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], last: "and" | "or" = "and"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

/** `a, b, c`, or the first few and how many more there are: `a, b, c and 4 more`. */
export function fewOf(names: readonly string[], most = 3): string {
  const left = names.length - most;
  const shown = names.slice(0, most).join(", ");
  return left > 0 ? `${shown} and ${left} more` : shown;
}
