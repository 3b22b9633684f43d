import { counted } from "../text/counted";

/** Nodes on top of the steady ones: so many, or so many percent of the steady ones. */
export type Allowance = { readonly count: number } | { readonly percent: number };

/** Nodes an allowance comes to; a part of a node is a whole node. */
export function allowanceNodes(steadyNodes: number, allowance: Allowance | undefined): number {
  if (allowance === undefined) return 0;
  return "count" in allowance ? allowance.count : percentOf(steadyNodes, allowance.percent);
}

/** `percent` of `amount`, rounded up to a whole one. */
export function percentOf(amount: number, percent: number): number {
  // 12 digits: 1,900 x 30 % must be 570 and not, by a rounding error of the binary product, 571.
  return Math.ceil(Number(((amount * percent) / 100).toPrecision(12)));
}

export function formatAllowance(allowance: Allowance): string {
  return "count" in allowance ? counted(allowance.count, "node") : `${allowance.percent} %`;
}
