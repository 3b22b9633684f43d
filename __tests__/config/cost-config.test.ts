import { NETWORK, problemsIn } from "../support/problems";

test.each([
  ["cost: { prices: { natGatewayHours: 1 } }", "did you mean natGatewayHour?"],
  ["cost: { prices: { natGatewayHour: -1 } }", "is no price; write USD, 0 or more"],
  ["cost: { assumptions: { natGB: -1 } }", "is no amount; write 0 or more"],
  ["cost: { asOf: yesterday }", "is no day; write YYYY-MM-DD"],
])("%s is refused", (yaml, message) => {
  expect(problemsIn(`${NETWORK}${yaml}\n`).join("\n")).toContain(message);
});
