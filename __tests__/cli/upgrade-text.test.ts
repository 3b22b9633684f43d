import { components, recordOf } from "../../src/components/components";
import { fitSettings } from "../../src/model/fit-settings";
import { upgradeText } from "../../src/cli/upgrade-text";
import { releaseText } from "../../src/cli/release-text";
import { planUpgrade } from "../../src/releases/upgrade/plan";
import { releases } from "../../src/releases/releases";
import { aTarget } from "../support/fixtures";

const target = aTarget(`release: "2025.09"\ncluster: { supportPolicy: extended }`);
const hops = planUpgrade({
  from: { release: "2025.09", kubernetes: "1.33" },
  to: "2026.11",
  overrides: {},
  settings: fitSettings(target.config),
  absent: [],
});
const lines = upgradeText(target, "2026.11", hops).split("\n");

test("an upgrade starts with the next hop and what to write for it", () => {
  expect(lines[0]).toBe("dev/us-east-1: release 2025.09 to 2026.11 in 5 hops; the next one is hop 1");
  const at = lines.indexOf("  in target.yaml:");
  expect(lines.slice(at + 1, at + 5)).toEqual([
    '    release: "2026.11"',
    "    versions:",
    '      kubernetes: { version: "1.33", reason: "on the way to release 2026.11" }',
    "  npx octarine plan dev/us-east-1, then npx octarine deploy dev/us-east-1:",
  ]);
});

test("a hop of the control plane keeps nodes and add-ons where they are, and says until when EKS takes it back", () => {
  const at = lines.indexOf("Hop 2: release 2026.11, Kubernetes 1.34, nodes and add-ons 1.33");
  const next = lines.indexOf("Hop 3: release 2026.11, Kubernetes 1.34");
  const hop = lines.slice(at, next).join("\n");
  expect(hop).toContain('      nodes: { version: "1.33", reason: "on the way to release 2026.11" }');
  expect(hop.replace(/\s+/g, " ")).toContain(
    "EKS takes the control plane back to 1.33 within seven days of this",
  );
  expect(lines.slice(next).join("\n")).toContain("    (no versions.nodes)");
});

test("a component that the target does not install is not a step", () => {
  expect(lines.filter((line) => /kube-proxy|istio \d|gateway-api/.test(line))).toEqual([]);
  expect(lines).toContain("   1  CNI            cilium 1.18.12 -> 1.19.6");
});

test("a step says what it restarts, and what that means for what runs", () => {
  const restarts = lines.map((line) => line.trim()).filter((line) => line.startsWith("restarts "));

  expect(restarts[0]).toBe("restarts the agent of each node in turn; connections go on, L7 and DNS policies");
  expect(recordOf("external-dns").upgrade.restarts).toBe("its controller; workloads go on");
  const said = components.map((name) => recordOf(name).upgrade.restarts);
  expect(said.filter((text) => !/^[\w(][\w(), ;:'/-]+[\w)]$/.test(text))).toEqual([]);
});

test("a hop on a Kubernetes in extended support says what the config needs", () => {
  expect(lines).toContain("  Kubernetes 1.33 is in extended support: cluster.supportPolicy: extended");
});

test.each(["an upgrade", "a release"])("%s fits 100 columns", (what) => {
  const text = what === "a release" ? releaseText(releases["2025.09"], false) : lines.join("\n");
  expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
});

test("a release has the source and day of each pin where sources are asked for, else what is known of archives", () => {
  const row = (withSources: boolean) =>
    releaseText(releases["2026.11"], withSources)
      .split("\n")
      .find((line) => line.startsWith("karpenter "));
  const [header = ""] = releaseText(releases["2026.11"], true).split("\n");

  expect(header).toMatch(/^COMPONENT +VERSION +SOURCE$/);
  expect(row(true)).toMatch(/^karpenter +1\.14\.1 +(un)?verified +\S.*, \d{4}-\d{2}-\d{2}$/);
  expect(row(false)).toMatch(
    /^karpenter +1\.14\.1 +(un)?verified +(sha256:[0-9a-f]{12}|no digest recorded)$/,
  );
});

test("a target at the release has nothing to do", () => {
  expect(upgradeText(target, "2025.09", [])).toBe("dev/us-east-1 is already at release 2025.09");
});
