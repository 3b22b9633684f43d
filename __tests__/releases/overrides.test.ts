import { chartNames } from "../../src/components/components";
import { withOverrides } from "../../src/releases/overrides";
import { eksMinors, releases } from "../../src/releases/releases";

const release = releases["2026.11"];
const reason = "waits for ticket PLAT-7";

test("nothing replaced is the release itself", () => {
  expect(withOverrides(release, {})).toEqual(release);
});

test("a chart's other version keeps the repository and loses what is known of the archive", () => {
  const { cilium } = withOverrides(release, { cilium: { version: "1.19.7", reason } }).charts;
  expect(cilium).toEqual({
    repository: "https://helm.cilium.io",
    name: "cilium",
    version: "1.19.7",
    source: "the target's config",
    sourceDate: "",
    verified: false,
    doubt: "set in the config",
    override: { reason, replaces: "1.19.6" },
  });
});

test("charts of one version move together, and no others", () => {
  const { charts } = withOverrides(release, {
    karpenter: { version: "1.14.2", reason },
    istio: { version: "1.29.7", reason },
  });
  const moved = chartNames.filter((name) => charts[name].version !== release.charts[name].version);
  expect(moved).toEqual([
    "karpenter-crd",
    "karpenter",
    "istio-base",
    "istiod",
    "istio-cni",
    "ztunnel",
    "istio-gateway",
  ]);
});

test("another Kubernetes brings its add-ons and images, and its pin stays as verified as it was", () => {
  const { kubernetes, addons, amis } = withOverrides(release, { kubernetes: { version: "1.34", reason } });
  expect(kubernetes).toEqual({ ...eksMinors["1.34"].kubernetes, override: { reason, replaces: "1.35" } });
  expect({ addons, amis }).toEqual({ addons: eksMinors["1.34"].addons, amis: eksMinors["1.34"].amis });
});

test("a version of an add-on wins over the one of the minor", () => {
  const { addons } = withOverrides(release, {
    kubernetes: { version: "1.34", reason },
    coredns: { version: "v1.12.4-eksbuild.38", reason },
  });
  expect(addons.coredns).toMatchObject({
    version: "v1.12.4-eksbuild.38",
    override: { replaces: "v1.13.2-eksbuild.19" },
  });
  expect(addons["kube-proxy"]).toEqual(eksMinors["1.34"].addons["kube-proxy"]);
});
