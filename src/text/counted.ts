let grouping: Intl.NumberFormat | undefined;

/** 2470 as `2,470`. */
export function figure(count: number): string {
  // Below a thousand there is nothing to group, and formats take a hundred times as long; the first takes as long as a target's checks.
  if (Number.isInteger(count) && count >= 0 && count < 1000) return `${count}`;
  grouping ??= new Intl.NumberFormat("en-US");
  return grouping.format(count);
}

/** `policy` of one, `policies` of two; `key`, `keys`; `address`, `addresses`: only the last word changes. */
export function plural(noun: string, count: number): string {
  if (count === 1) return noun;
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? noun.replace(/y$/, "ies") : `${noun}s`;
}

/** `1 node`, `2,470 nodes`. */
export function counted(count: number, noun: string): string {
  return `${figure(count)} ${plural(noun, count)}`;
}
