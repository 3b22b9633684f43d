/** Where cdktf keeps every token of a process, and by it each stack that a token speaks of (lib/tokens/private/token-map.ts). */
interface TokenMap {
  readonly stringTokenMap: Map<string, unknown>;
  readonly numberTokenMap: Map<number, unknown>;
}

/**
 * Does the work, and lets go of the tokens that it made: they mean something in its own stacks only, which are written. Tokens that
 * were there before stay.
 */
export function forgettingTokens<Result>(work: () => Result): Result {
  const before = tokenMaps().map((map) => map.size);
  const result = work();
  tokenMaps().forEach((map, index) => forgetAfter(map, before[index] ?? 0));
  return result;
}

function tokenMaps(): Map<unknown, unknown>[] {
  const { __cdktfTokenMap: map } = globalThis as { readonly __cdktfTokenMap?: TokenMap };
  return map === undefined ? [] : [map.stringTokenMap, map.numberTokenMap];
}

/** Maps keep the order in which their keys came. */
function forgetAfter(map: Map<unknown, unknown>, count: number): void {
  for (const key of [...map.keys()].slice(count)) map.delete(key);
}
