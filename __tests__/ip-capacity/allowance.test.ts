import fc from "fast-check";

import { allowanceNodes, formatAllowance, percentOf } from "../../src/ip-capacity/allowance";

test.each([
  [1900, 30, 570],
  [100, 7, 7],
  [30, 20, 6],
  [30, 30, 9],
  [3, 10, 1],
  [0, 50, 0],
  [29, 100, 29],
])("of %d, %d %% are %d", (amount, percent, part) => {
  expect(percentOf(amount, percent)).toBe(part);
});

test("no rounding error adds an address: every whole share is itself", () => {
  fc.assert(
    fc.property(fc.nat(60_000), fc.nat(200), (hundreds, percent) => {
      expect(percentOf(hundreds * 100, percent)).toBe(hundreds * percent);
    }),
  );
});

test.each([
  [undefined, 0, ""],
  [{ count: 1 }, 1, "1 node"],
  [{ count: 4 }, 4, "4 nodes"],
  [{ percent: 25 }, 3, "25 %"],
])("%j of 10 nodes is %d nodes", (allowance, nodes, text) => {
  expect(allowanceNodes(10, allowance)).toBe(nodes);
  expect(allowance === undefined ? "" : formatAllowance(allowance)).toBe(text);
});
