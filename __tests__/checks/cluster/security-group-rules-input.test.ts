import { NETWORK, problemsIn } from "../../support/problems";

const REASON = 'reason: "scanner of the security team: SEC-77"';
const said = (nodes: string, controlPlane = "") =>
  problemsIn(
    `${NETWORK}cluster: { securityGroupRules: { nodes: { ${nodes} }, controlPlane: { ${controlPlane} } } }\n`,
  );

test.each([
  [`scan: { port: 9100, ${REASON} }`, "has neither cidr nor securityGroup; choose one"],
  [
    `scan: { cidr: 10.9.0.0/16, securityGroup: sg-00000001, port: 9100, ${REASON} }`,
    "has cidr and securityGroup, which exclude each other; keep one",
  ],
  [`scan: { cidr: 10.9.0.0/16, ${REASON} }`, "has neither port nor ports; choose one"],
  [`scan: { cidr: 10.9.0.0/16, port: 9100 }`, "reason"],
  [`scan: { cidr: 0.0.0.0/0, port: 9100, ${REASON} }`, "lets the whole world in"],
  [`scan: { cidr: 128.0.0.0/1, port: 9100, ${REASON} }`, "lets the whole world in, or much of it"],
  [
    `scan: { cidr: 10.9.0.0/16, ports: { from: 9200, to: 9100 }, ${REASON} }`,
    "has from above to; write the lower port as from",
  ],
  [
    `a: { cidr: 10.9.0.0/16, port: 9100, ${REASON} }, b: { cidr: 10.9.0.0/16, ports: { from: 9100, to: 9100 }, ${REASON} }`,
    "is the same as a; keep one",
  ],
])("a rule of one's own on nodes [%s] is refused", (rules, problem) => {
  expect(said(rules)).toEqual([expect.stringContaining(problem)]);
});

// Amazon EC2 API reference, AuthorizeSecurityGroupIngress: a rule that is there is refused.
test("a rule that the control plane's group has already is refused", () => {
  expect(said("", `all: { cidr: 10.0.0.0/16, port: 443, ${REASON} }`)).toEqual([
    expect.stringContaining("is there already: the platform lets the runner"),
  ]);
});

test("rules of ranges and of groups are taken", () => {
  expect(
    said(
      `scan: { cidr: 10.9.0.0/16, port: 9100, ${REASON} }`,
      `bastion: { securityGroup: sg-00000001, port: 443, ${REASON} }`,
    ),
  ).toEqual([]);
});
