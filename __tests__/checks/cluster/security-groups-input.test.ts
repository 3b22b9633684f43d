import { NETWORK, problemsIn } from "../../support/problems";

const said = (ids: string) => problemsIn(`${NETWORK}cluster: { securityGroups: [${ids}] }\n`);
const [one, two, three, four] = ["1", "2", "3", "4"].map((each) => `sg-0000000${each}`);

test.each([
  ["web", "is not a security group id; write for example sg-"],
  [
    `${one}, ${two}, ${three}, ${four}`,
    "EKS takes: 4 for each control plane, of which one is the platform's; write at most 3",
  ],
  [`${one}, ${one}`, "has a group twice; keep one"],
])("security groups of the control plane [%s] are refused", (ids, problem) => {
  expect(said(ids)).toEqual([expect.stringContaining(problem)]);
});

test("three groups are taken", () => {
  expect(said(`${one}, ${two}, ${three}`)).toEqual([]);
});
