/** A figure at the fewest nodes, at those wanted now, and at the most. */
export interface CostRange {
  readonly min: number;
  readonly expected: number;
  readonly max: number;
}

export function constant(value: number): CostRange {
  return { min: value, expected: value, max: value };
}

export function add(a: CostRange, b: CostRange): CostRange {
  return { min: a.min + b.min, expected: a.expected + b.expected, max: a.max + b.max };
}

export function times(range: CostRange, factor: number): CostRange {
  return { min: range.min * factor, expected: range.expected * factor, max: range.max * factor };
}

export function subtract(a: CostRange, b: CostRange): CostRange {
  return add(a, times(b, -1));
}
