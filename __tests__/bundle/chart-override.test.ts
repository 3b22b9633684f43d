import { laidCharts } from "../../src/bundle/chart-override";

const cilium = { repository: "https://helm.cilium.io", name: "cilium", version: "1.19.6" };
const bundled = [{ ...cilium, file: "charts/cilium-1.19.6.tgz" }];

test("a release takes its chart by path, and nothing else of it is said anew", () => {
  const laid = laidCharts(bundled, [{ address: "cilium_release", ...cilium }]);

  expect(JSON.parse(laid.override ?? "")).toEqual({
    resource: { helm_release: { cilium_release: { chart: ".terraform/charts/cilium-1.19.6.tgz" } } },
  });
  expect(laid.copies).toEqual([
    { from: "charts/cilium-1.19.6.tgz", to: ".terraform/charts/cilium-1.19.6.tgz" },
  ]);
});

test("a stack whose charts are its own has nothing to override", () => {
  expect(laidCharts(bundled, [])).toEqual({ copies: [], override: undefined, missing: [] });
});

test("a chart of another repository or version is missing", () => {
  const others = [
    { address: "a", ...cilium, version: "1.19.7" },
    { address: "b", ...cilium, repository: "https://example.com" },
  ];
  expect(laidCharts(bundled, others).missing).toEqual(others);
});
