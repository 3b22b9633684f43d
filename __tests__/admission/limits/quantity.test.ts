import { thousandths } from "../../../src/admission/limits/quantity";

test.each([
  ["1", 1000],
  ["100m", 100],
  ["0.1", 100],
  [0.25, 250],
  ["1Ki", 1024_000],
  ["0.5Gi", 536_870_912_000],
  ["128M", 128_000_000_000],
  ["2e9", 2_000_000_000_000],
  ["1E", 1e21],
  ["1u", 1],
  ["nothing", undefined],
])("%s is %s thousandths", (text, amount) => {
  expect(thousandths(text)).toBe(amount);
});
