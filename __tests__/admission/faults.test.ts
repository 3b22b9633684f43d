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

test("a quota with room for replicas, and none for a release beside them, is told apart", () => {
  const quota = (pods: number) =>
    withValue("ResourceQuota payments/quota", "spec.hard", { pods: String(pods) });
  const [most = ""] = said(objectionsTo(prod, quota(1)));
  const total = Number(/its pods can ask for (\d+)/.exec(most)?.[1]);

  expect(said(objectionsTo(prod, quota(total - 1)))).toContainEqual(
    expect.stringMatching(/^quota: payments, /),
  );
  expect(said(objectionsTo(prod, quota(total)))).toEqual([
    expect.stringMatching(/^rollout: payments, .* while a release goes out \d/),
  ]);
});

test("an image that only Terraform knows is undecided, and not taken", () => {
  const image = withValue(ORDERS, `${CONTAINER}.image`, "${aws_ecr_repository.orders.repository_url}:1");

  expect(said(objectionsTo(prod, image))).toContainEqual(
    expect.stringMatching(/^policy: payments\/orders, .*image-registries: undecided: /),
  );
});
