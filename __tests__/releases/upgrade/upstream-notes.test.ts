import { pinOf } from "../../../src/releases/pins";
import { components } from "../../../src/components/components";
import { releaseNames } from "../../../src/releases/names";
import { releases } from "../../../src/releases/releases";
import { upstreamNotes } from "../../../src/releases/upgrade/upstream-notes";
import { minorsBetween } from "../../../src/text/versions";

/** Whose next minor changes nothing for those who run it, and where that was read. */
const NOTHING_TO_SAY: readonly string[] = [
  // One for each minor of Kubernetes, whose notes are its own.
  "kube-proxy",
  "al2023",
  // kubernetes-sigs/aws-ebs-csi-driver CHANGELOG.md as far as v1.64; later ones were not in reach.
  "aws-ebs-csi-driver",
];

const steps = releaseNames.slice(1).map((to, index) => [releaseNames[index] ?? to, to] as const);

test.each(steps)(
  "from %s to %s every component a minor up has its upstream notes, or is known to need none",
  (from, to) => {
    const silent = components.filter((component) => {
      const [before, after] = [pinOf(releases[from], component), pinOf(releases[to], component)];
      return (
        minorsBetween(before.version, after.version) > 0 &&
        upstreamNotes(component, before.version, after.version).length === 0
      );
    });

    expect(silent.filter((component) => !NOTHING_TO_SAY.includes(component))).toEqual([]);
  },
);

// cilium/cilium Documentation/operations/upgrade.rst of 1.19.6, "Action Required".
test("what Cilium 1.19 asks to be done is said to who comes from 1.18, and to nobody else", () => {
  const said = upstreamNotes("cilium", "1.18.12", "1.19.6").join("\n");

  for (const subject of [
    /its own cluster only/,
    /\*\*\./,
    /fromRequires/,
    /mutual authentication/,
    /CiliumLoadBalancerIPPool/,
  ])
    expect(said).toMatch(subject);
  expect(upstreamNotes("cilium", "1.19.0", "1.19.6")).toEqual([]);
});

test("notes of all minors between are said, each with its source", () => {
  const said = upstreamNotes("istio", "1.27.9", "1.29.6");

  expect(said.filter((note) => note.includes("of 1.28"))).not.toEqual([]);
  expect(said.filter((note) => note.includes("of 1.29"))).not.toEqual([]);
  for (const note of said) expect(note).toMatch(/\(istio\/istio releasenotes\/notes\/.+\)$/);
  expect(upstreamNotes("istio", "1.28.0", "1.29.6").join()).not.toMatch(/of 1\.28/);
});
