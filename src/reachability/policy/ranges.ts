import { formatAddress, isIn, lastOf, type Prefix } from "./addresses";
import type { PolicySet } from "./rules";

/** Addresses of a range between which no range that a policy names begins or ends: what holds for them, holds for all of it. */
export function samplesOf(range: Prefix, others: readonly Prefix[]): string[] {
  const edges = others.flatMap((each) => {
    const { family, value } = each.base;
    const last = lastOf(each).value;
    return [value - 1n, value, last, last + 1n].map((edge) => ({ family, value: edge }));
  });
  const inside = [range.base, lastOf(range), ...edges].filter((each) => isIn(each, range));
  return [...new Set(inside.map(formatAddress))];
}

export function rangesOf({ rules }: PolicySet): Prefix[] {
  return rules.flatMap(({ peers = [] }) =>
    peers.flatMap((peer) =>
      peer.kind === "range"
        ? [peer.range, ...peer.except].map(({ prefix }) => prefix)
        : peer.kind === "group"
          ? peer.except.map(({ prefix }) => prefix)
          : [],
    ),
  );
}
