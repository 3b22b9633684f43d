import { chartsOf, type Component } from "../../src/components/components";
import { isOneOf } from "../../src/releases/pins";
import { type FitRule, fitRules } from "../../src/releases/matrix/fit-rules";
import { misfits } from "../../src/releases/matrix/matrix";
import { addonNames, chartNames } from "../../src/components/components";
import type { Release } from "../../src/releases/release";
import { releases } from "../../src/releases/releases";
import { inRange } from "../../src/text/versions";

/** A release with another version of a component, whatever else that breaks. */
function withVersion(release: Release, component: Component, version: string): Release {
  if (component === "kubernetes") return { ...release, kubernetes: { ...release.kubernetes, version } };
  if (component === "gateway-api") return { ...release, gatewayApi: { ...release.gatewayApi, version } };
  if (component === "al2023" || component === "bottlerocket") {
    return { ...release, amis: { ...release.amis, [component]: { ...release.amis[component], version } } };
  }
  if (isOneOf(addonNames, component)) {
    return {
      ...release,
      addons: { ...release.addons, [component]: { ...release.addons[component], version } },
    };
  }
  const charts = chartNames.map((name) => {
    const pin = release.charts[name];
    return [name, chartsOf(component).includes(name) ? { ...pin, version } : pin] as const;
  });
  return { ...release, charts: Object.fromEntries(charts) as Release["charts"] };
}

/** Versions at and around the bounds of a range. */
function around(range: string): string[] {
  return [...range.matchAll(/\d+(?:\.\d+)?/g)].flatMap(([bound]) => {
    const [major = 0, minor] = bound.split(".").map(Number);
    return minor === undefined
      ? [`${major - 1}.0.0`, `${major}.0.0`, `${major + 1}.0.0`]
      : [`${major}.${minor - 1}.9`, `${major}.${minor}.0`, `${major}.${minor + 1}.0`];
  });
}

function said({ component, needs, versions, range }: FitRule, isInside: boolean): string[] {
  const version = around(versions).find((each) => inRange(each, versions));
  const other = around(range).find((each) => inRange(each, range) === isInside);
  if (version === undefined || other === undefined)
    throw new Error(`no version for ${versions} and ${range}`);
  const release = withVersion(withVersion(releases["2026.11"], component, version), needs, other);
  return misfits(release)
    .filter(({ components }) => components[0] === component && components[1] === needs)
    .map(({ level, message }) => `${level}: ${message}`);
}

test.each(
  fitRules.map(
    (rule) => [`${rule.component} ${rule.versions} with ${rule.needs} ${rule.range}`, rule] as const,
  ),
)("%s: breaks outside of its range, with its source, and not inside", (_, rule) => {
  const { level, says, source, sourceDate } = rule;
  const verb = level === "refuse" ? "needs" : "is tested upstream only with";

  expect(said(rule, false)).toEqual([expect.stringMatching(`^${level}: .* ${verb} .*${says}, not \\d`)]);
  expect(said(rule, false)[0]).toContain(`(${source}, ${sourceDate})`);
  expect(said(rule, true)).toEqual([]);
});

test("every chart with a kubeVersion refuses a Kubernetes below it", () => {
  for (const release of Object.values(releases)) {
    const old = withVersion(release, "kubernetes", "1.10");
    const refused = misfits(old).map(({ message }) => message);
    for (const name of chartNames) {
      const { version, kubeVersion } = release.charts[name];
      if (kubeVersion === undefined) continue;
      expect(refused).toContain(
        `chart ${name} ${version} refuses Kubernetes 1.10 (kubeVersion ${kubeVersion} of its Chart.yaml)`,
      );
    }
  }
});

test("the releases themselves break no rule that refuses", () => {
  for (const release of Object.values(releases)) {
    expect(misfits(release).filter(({ level }) => level === "refuse")).toEqual([]);
  }
});
