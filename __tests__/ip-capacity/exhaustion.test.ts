import fc from "fast-check";

import { DAYS_PER_MONTH, daysToExhaustion, formatExhaustion } from "../../src/ip-capacity/exhaustion";

test("growth of 100 % a month doubles the use in a month", () => {
  expect(daysToExhaustion(500, 1000, 100)).toEqual({ kind: "in", days: 30 });
});

test("growth is compound: 2 % a month doubles it in 35 months, not in 50", () => {
  // ln 2 / ln 1.02 = 35.0 months
  expect(daysToExhaustion(500, 1000, 2)).toEqual({
    kind: "in",
    days: Math.floor(35.0027888 * DAYS_PER_MONTH),
  });
});

test.each([
  [1001, 1000, 2, "already"],
  [10, 1000, 0, "never"],
  [10, 1000, -1, "never"],
  [0, 1000, 5, "never"],
  [1001, 1000, 0, "already"],
])("%d of %d used, growing by %d %% a month: %s", (used, available, growth, kind) => {
  expect(daysToExhaustion(used, available, growth)).toEqual({ kind });
});

test("a full subnet that still grows has no day left", () => {
  expect(daysToExhaustion(1000, 1000, 5)).toEqual({ kind: "in", days: 0 });
});

test("the use fits on the day named and no more two days later", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 1, max: 50 }),
      (used, room, growth) => {
        const answer = daysToExhaustion(used, used + room, growth);
        const useOn = (day: number) => used * (1 + growth / 100) ** (day / DAYS_PER_MONTH);
        const days = answer.kind === "in" ? answer.days : NaN;

        expect(useOn(days)).toBeLessThanOrEqual((used + room) * (1 + 1e-9));
        expect(useOn(days + 2)).toBeGreaterThan(used + room);
      },
    ),
  );
});

test.each([
  [{ kind: "already" }, "already"],
  [{ kind: "never" }, "never"],
  [{ kind: "in", days: 1 }, "in 1 day"],
  [{ kind: "in", days: 410 }, "in 410 days"],
] as const)("%j reads %s", (exhaustion, text) => {
  expect(formatExhaustion(exhaustion)).toBe(text);
});
