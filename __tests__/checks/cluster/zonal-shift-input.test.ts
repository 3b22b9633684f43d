import { NETWORK, problemsIn } from "../../support/problems";

const KARPENTER = "karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }\n";
const shift = (value: boolean) => `cluster: { zonalShift: ${value} }\n`;
const WITHOUT_WAY = "  egress: { kind: none }\n  endpoints: { set: isolated }\n";
const said = (text: string) => problemsIn(NETWORK + text).filter((each) => each.includes("zonalShift"));

// aws/karpenter-provider-aws v1.14.1, pkg/operator/operator.go: it panics where ARC does not answer.
test("with Karpenter a zonal shift needs a way to ARC", () => {
  expect(said(WITHOUT_WAY + shift(true) + KARPENTER)).toEqual([
    expect.stringMatching(
      /cluster\.zonalShift: true {2}needs a way from Karpenter to arc-zonal-shift\.us-east-1\.amazonaws\.com, which network\.egress\.kind: none does not promise, .*; remove it, or karpenter$/,
    ),
  ]);
});

test.each([
  ["a NAT gateway", shift(true) + KARPENTER],
  ["no Karpenter", WITHOUT_WAY + shift(true)],
  ["the shift turned off", WITHOUT_WAY + shift(false) + KARPENTER],
])("is taken with %s", (_, text) => {
  expect(said(text)).toEqual([]);
});
