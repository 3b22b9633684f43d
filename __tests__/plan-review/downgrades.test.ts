import { flat } from "../../src/plan-review/model/phrase";
import { isDowngrade } from "../../src/plan-review/rules/versions";
import { orderOf } from "../../src/text/versions";
import { entry, findingsOf, reviewOf } from "./support";

test.each([
  ["1.7.0", "1.6.9", 1],
  ["1.9.0", "1.10.0", -1],
  ["v1.22.4-eksbuild.3", "v1.22.4-eksbuild.10", -1],
  ["1.35.6-20260714", "1.35.6-20260610", 1],
  ["1.33", "1.34", -1],
  ["1.65.0-0be31b34", "1.65.0-7c1f0a22", undefined],
  ["4.2.0-rc.1", "4.2.0", -1],
  ["2.0", "2.0", 0],
  ["1.22.4", "v1.22.4-eksbuild.3", undefined],
  ["1.20.0-rc9", "1.20.0-rc10", -1],
  ["latest", "stable", undefined],
])("%s against %s: %s", (a, b, order) => {
  expect(orderOf(a, b)).toBe(order);
  expect(isDowngrade(a, b)).toBe(order === 1);
});

test.each([
  [
    "a chart",
    entry("helm_release", {
      before: { name: "karpenter", chart: "karpenter", version: "1.14.1" },
      after: { name: "karpenter", chart: "karpenter", version: "1.13.1" },
    }),
    "HELM-DOWNGRADE downgrades the chart of karpenter from 1.14.1 to 1.13.1",
  ],
  [
    "Kubernetes",
    entry("aws_eks_cluster", {
      before: { name: "p", version: "1.35" },
      after: { name: "p", version: "1.34" },
    }),
    "EKS-VERSION rolls Kubernetes back from 1.35 to 1.34",
  ],
])("a downgrade of %s is called one", (_, change, says) => {
  expect(findingsOf(reviewOf([change]))).toContain(says);
});

test("a downgrade of an add-on is called one", () => {
  const addon = (version: string) => ({ addon_name: "coredns", addon_version: version });
  const review = reviewOf([
    entry("aws_eks_addon", { before: addon("v1.14.3-eksbuild.11"), after: addon("v1.13.2-eksbuild.4") }),
  ]);
  expect(review.changes[0]?.findings[0]?.details.map(flat)).toEqual([
    "v1.14.3-eksbuild.11 to v1.13.2-eksbuild.4, a downgrade",
  ]);
});

test.each([
  ["1.20.0", "1.20.0-rc.1", true],
  ["1.20.0-rc.2", "1.20.0-rc.1", true],
  ["v1.20.0-rc.1", "v1.20.0-beta.9", true],
  ["1.20.0-rc.1", "1.20.0", false],
  ["1.20.0-rc.9", "1.20.0-rc.10", false],
  ["1.2.3-amzn1", "1.2.3-amzn0", false],
])("from %s to %s is a downgrade: %s", (from, to, expected) => {
  expect(isDowngrade(from, to)).toBe(expected);
});
