/**
 * Fingerprints by which a service that keeps findings knows one again: what was found and where, never how it is said.
 * Findings of one rule at one place are numbered in their order, so that each has its own.
 */
export function fingerprints(places: readonly (readonly string[])[]): string[] {
  const seen = new Map<string, number>();
  return places.map((parts) => {
    const key = parts.join(":");
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return `${key}:${number}`;
  });
}
