/** One line for each reason, with the releases that it holds for. */
export function byReason(failures: readonly (readonly [release: string, reason: string])[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const [release, reason] of failures) reasons.set(reason, [...(reasons.get(reason) ?? []), release]);
  return [...reasons].map(([reason, releases]) => `${releases.join(", ")}: ${reason}`);
}
