import { ENVIRONMENT, NETWORK, problemsIn } from "../../support/problems";

const said = (cidr: string, via: string) =>
  problemsIn(
    `${NETWORK}  connections: { onPremises: { cidrs: [10.200.0.0/14], via: tgw-0123456789abcdef0 } }\nrunner: { reach: peered, cidrs: [${cidr}]${via} }\n`,
    ENVIRONMENT.replace(/runner:.*\n/, ""),
  ).map((line) => line.replace(/^\S+ {2}/, ""));

test("refuses two ways to one range, of which the route tables would have the other one", () => {
  expect(said("10.200.0.0/14", ", via: pcx-0123456789abcdef0")).toEqual([
    "runner.cidrs[0]: 10.200.0.0/14  is also a range of network.connections.onPremises, to which tgw-0123456789abcdef0 leads, and a route table has one way for a range; write the narrower range that pcx-0123456789abcdef0 leads to, or leave runner.via out",
  ]);
});

test.each([
  ["a part of it by another way", "10.201.0.0/24", ", via: pcx-0123456789abcdef0"],
  ["the same way", "10.200.0.0/14", ", via: tgw-0123456789abcdef0"],
  ["no way of its own", "10.200.0.0/14", ""],
  ["routes of somebody else", "10.200.0.0/14", ", via: elsewhere"],
])("takes %s", (_what, cidr, via) => {
  expect(said(cidr, via)).toEqual([]);
});
