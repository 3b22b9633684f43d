import type { Pin } from "../../src/components/pin";
import { installed, pinnedOnly } from "../../src/components/components";
import { releaseText } from "../../src/cli/release-text";
import { releaseDiff } from "../../src/releases/diff";
import { misfits } from "../../src/releases/matrix/matrix";
import { withOverrides } from "../../src/releases/overrides";
import { pinIn } from "../../src/releases/pin-in";
import { releases } from "../../src/releases/releases";
import type { Release } from "../../src/releases/release";

const pin = (version: string): Pin => ({
  version,
  source: "a publisher's index",
  sourceDate: "2026-08-03",
  verified: true,
});

test("a release has its own pin, or the newest before it", () => {
  const moved = { "2025.09": pin("1.0.0"), "2026.11": pin("2.0.0") };
  expect([pinIn(moved, "2025.09"), pinIn(moved, "2026.11")]).toEqual([pin("1.0.0"), pin("2.0.0")]);
  const stayed = { "2025.09": pin("1.0.0") };
  expect(pinIn(stayed, "2026.11")).toEqual(pin("1.0.0"));
});

test("a release that is older than a component says since which it is there", () => {
  expect(pinIn({ "2026.11": pin("2.0.0") }, "2025.09")).toEqual({ ...pin("2.0.0"), since: "2026.11" });
});

test("a component without any pin is a mistake of ours", () => {
  expect(() => pinIn({}, "2026.11")).toThrow("a component has no pin in any release");
});

/** The older release, as if KEDA were not in it. */
const { keda, ...others } = releases["2025.09"].charts;
const older: Release = {
  ...releases["2025.09"],
  charts: { ...others, keda: { ...keda, verified: false, doubt: "only heard of", since: "2026.11" } },
};

describe("a component that a release does not have yet", () => {
  const said = (release: Release) => misfits(release).map(({ message }) => message);
  const refusal = "KEDA is in release 2026.11 and later ones, and not in 2025.09";

  test("is refused for who installs it, at its settings", () => {
    expect(misfits(older)).toContainEqual({
      level: "refuse",
      components: ["keda"],
      message: refusal,
      remedy: "write a later release, or a version under versions.keda with its reason",
      setting: ["keda"],
    });
    expect(said(releases["2025.09"])).not.toContain(refusal);
  });

  test("may be had at a version of one's own", () => {
    const own = withOverrides(older, { keda: { version: "2.19.0", reason: "tried in the lab: PLAT-8" } });
    expect(own.charts.keda.since).toBeUndefined();
    expect(said(own)).not.toContain(refusal);
  });

  test("has no version in what shows the release, and comes with the next one", () => {
    const shown = releaseText(older, false);
    expect(shown).toMatch(/^keda +- +since 2026\.11 *$/m);
    expect(shown).not.toContain("only heard of");
    expect(releaseDiff(older, releases["2026.11"])).toContainEqual({
      component: "keda",
      from: "-",
      to: keda.version,
    });
  });
});

test("every component has a pin, from some release on", () => {
  const dated = [...installed, ...pinnedOnly].flatMap(({ name, kind, pins }) =>
    kind === "charts" || kind === "pinned chart"
      ? Object.entries(pins).map(([chart, each]) => [chart, Object.keys(each)] as const)
      : [[name as string, Object.keys(pins)] as const],
  );
  expect(dated.filter(([, at]) => at.length === 0)).toEqual([]);
});
