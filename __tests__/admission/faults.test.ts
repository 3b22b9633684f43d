import { sample, sampleTargets } from "../reachability/support";
import { admissionFaults, CONTAINER, ORDERS } from "./fault-cases";
import { objectionsTo, said, withChartValue, withValue } from "./support";

const prod = sample("prod/us-east-1");

test.each(admissionFaults)("%s", (_fault, target, change, says) => {
  expect(said(objectionsTo(target, change))).toContainEqual(expect.stringMatching(says));
});

test("sidecars without a seccomp profile are refused where the pod has none for all of its containers", () => {
  const silent = withChartValue("istiod", "global.proxy.seccompProfile", undefined);
  const own = withValue(ORDERS, "spec.template.spec.securityContext.seccompProfile", undefined);
  const itsOwn = withValue(ORDERS, `${CONTAINER}.securityContext.seccompProfile`, { type: "RuntimeDefault" });

  expect(objectionsTo(prod, silent)).toEqual([]);
  expect(said(objectionsTo(prod, own, itsOwn))).toEqual([]);
  expect(said(objectionsTo(prod, silent, own, itsOwn))).toContainEqual(
    expect.stringMatching(
      /^Pod Security: payments\/orders, .* container istio-proxy must have seccompProfile/,
    ),
  );
});

test.each(sampleTargets.map((target) => [target.name, target] as const))(
  "the API server takes every pod of %s",
  (_name, target) => {
    expect(said(objectionsTo(target))).toEqual([]);
  },
);
