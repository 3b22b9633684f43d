import { asksForMesh, isInjected } from "../../src/facts/istio-labels";

// istio/istio chart istiod, mutatingwebhook.yaml and revision-tags-mwc.yaml.
test.each<[boolean, Record<string, string>]>([
  [true, { "istio-injection": "enabled" }],
  [true, { "istio.io/rev": "canary" }],
  [true, { "istio-injection": "enabled", "istio.io/rev": "canary" }],
  [false, { "istio-injection": "disabled", "istio.io/rev": "canary" }],
  [false, { "istio.io/rev": "other" }],
  [false, { "istio-injection": "disabled" }],
  [false, { "istio.io/dataplane-mode": "ambient" }],
  [false, {}],
])("sidecars: %s by %j", (expected, labels) => {
  expect(isInjected(labels)).toBe(expected);
});

describe("a namespace is in the mesh", () => {
  const AMBIENT = { "istio.io/dataplane-mode": "ambient" };

  test("by sidecars in both data planes", () => {
    expect(asksForMesh("sidecar", { "istio-injection": "enabled" })).toBe(true);
    expect(asksForMesh("ambient", { "istio-injection": "enabled" })).toBe(true);
  });

  test("by the label of ambient mode only where there is one", () => {
    expect(asksForMesh("ambient", AMBIENT)).toBe(true);
    expect(asksForMesh("sidecar", AMBIENT)).toBe(false);
    expect(asksForMesh("ambient", { "istio.io/dataplane-mode": "none" })).toBe(false);
  });
});
