import { admissionFindings } from "../../src/admission/findings";
import { sample, sampleTargets } from "../reachability/support";
import { chartFaults } from "./chart-fault-cases";
import { admissionFaults, CONTAINER, ORDERS } from "./fault-cases";
import { objectionsTo, said, withChartValue, withLabel, withObject, withValue, withVersion } from "./support";

const prod = sample("prod/us-east-1");

test.each([...admissionFaults, ...chartFaults])("%s", (_fault, target, change, says) => {
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

describe("pods of a chart", () => {
  const restricted = withLabel(
    "Namespace kube-system/istio-ingress",
    "pod-security.kubernetes.io/enforce",
    "baseline",
  );

  test("are undecided where they were read at another version, as far as anything may hold them back", () => {
    const newer = said(objectionsTo(prod, restricted, withVersion("istio-ingressgateway", "1.30.3")));

    expect(newer).toEqual([
      expect.stringMatching(
        /^Pod Security: istio-ingress\/istio-ingressgateway, Namespace istio-ingress: undecided: it was read at 1\.27\.9, 1\.29\.6 of the chart gateway, not at 1\.30\.3/,
      ),
    ]);
    expect(said(objectionsTo(prod, withVersion("istiod", "1.30.3")))).toEqual([]);
  });

  test("are all there are at most, and those of a release beside them", () => {
    const pods = (most: string) =>
      withObject({
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: { name: "by-hand", namespace: "istio-ingress" },
        spec: { hard: { pods: most } },
      });

    expect(said(objectionsTo(prod, pods("4")))).toContainEqual(
      expect.stringMatching(/^quota: istio-ingress, .*: pods is 4, its pods can ask for 5 /),
    );
    expect(said(objectionsTo(prod, pods("5")))).toEqual([
      expect.stringMatching(/^rollout: istio-ingress, .*while a release goes out 2/),
    ]);
    expect(said(objectionsTo(prod, pods("7")))).toEqual([]);
  });

  test("are told with their component and the setting that it has", () => {
    const [finding] = admissionFindings(
      objectionsTo(
        prod,
        withLabel("Namespace kube-system/istio-system", "pod-security.kubernetes.io/enforce", "baseline"),
      ),
    );

    expect(finding?.attributes).toMatchObject({
      gate: "Pod Security",
      who: ["istio-system/istio-cni-node (Istio)"],
      setting: "mesh",
    });
  });
});
