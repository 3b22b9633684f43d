import { NETWORK, problemsIn } from "../support/problems";

test.each([
  ["cost: { prices: { natGatewayHours: 1 } }", "did you mean natGatewayHour?"],
  ["cost: { prices: { natGatewayHour: -1 } }", "is not a price; write USD, 0 or more"],
  ["cost: { assumptions: { natGB: -1 } }", "is not an amount; write 0 or more"],
  ["cost: { asOf: yesterday }", "is not a day; write YYYY-MM-DD"],
])("%s is refused", (yaml, message) => {
  expect(problemsIn(`${NETWORK}${yaml}\n`).join("\n")).toContain(message);
});
