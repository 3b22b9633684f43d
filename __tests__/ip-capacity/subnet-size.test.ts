import fc from "fast-check";

import { smallestSubnetFor, usableAddresses } from "../../src/ip-capacity/subnet-size";

test.each([
  [0, 28],
  [11, 28],
  [12, 27],
  [251, 24],
  [252, 23],
  [65531, 16],
])("%d addresses fit a /%d and no smaller one", (addresses, prefix) => {
  expect(smallestSubnetFor(addresses)).toBe(prefix);
});

test("more than a /16 fits no subnet", () => {
  expect(smallestSubnetFor(65532)).toBeNull();
});

test("a recommended subnet always fits, and the next smaller one never does", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65531 }), (addresses) => {
      const prefix = smallestSubnetFor(addresses) ?? 0;

      expect(usableAddresses(prefix)).toBeGreaterThanOrEqual(addresses);
      expect(prefix === 28 || usableAddresses(prefix + 1) < addresses).toBe(true);
    }),
  );
});
