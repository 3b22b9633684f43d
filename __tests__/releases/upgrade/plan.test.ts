import { components, recordOf } from "../../../src/components/components";
import { misfits } from "../../../src/releases/matrix/matrix";
import type { Overrides } from "../../../src/releases/overrides";
import { withOverrides } from "../../../src/releases/overrides";
import { pinOf } from "../../../src/releases/pins";
import { releases } from "../../../src/releases/releases";
import { phases } from "../../../src/components/component";
import {
  changes,
  NoUpgradeError,
  planUpgrade,
  type UpgradeRequest,
} from "../../../src/releases/upgrade/plan";

const reason = "a test of upgrades";
const notYet = components.filter((each) => pinOf(releases["2025.09"], each).since !== undefined);
const reference: UpgradeRequest = {
  from: { release: "2025.09", kubernetes: "1.33" },
  to: "2026.11",
  overrides: {},
  settings: { cni: "cilium-eni", networkPolicyAgent: false },
  // What a release does not have yet no target of it can install.
  absent: notYet,
};

test("from 2025.09 the rest of 2026.11 goes first, then Kubernetes minor by minor", () => {
  const hops = planUpgrade(reference).map(({ release, kubernetes, nodes, holdsKubernetes }) => ({
    release,
    kubernetes,
    nodes,
    holdsKubernetes,
  }));
  expect(hops).toEqual([
    { release: "2026.11", kubernetes: "1.33", nodes: "1.33", holdsKubernetes: true },
    { release: "2026.11", kubernetes: "1.34", nodes: "1.33", holdsKubernetes: true },
    { release: "2026.11", kubernetes: "1.34", nodes: "1.34", holdsKubernetes: true },
    { release: "2026.11", kubernetes: "1.35", nodes: "1.34", holdsKubernetes: false },
    { release: "2026.11", kubernetes: "1.35", nodes: "1.35", holdsKubernetes: false },
  ]);
});

// EKS user guide, rollback-cluster (read 2026-11-28): node groups and add-ons are not rolled back with the control plane.
test("a hop that takes the control plane up touches nothing else, so that EKS can take it back", () => {
  const hops = planUpgrade(reference);
  const up = hops.filter(({ steps }) => steps.some(({ component }) => component === "kubernetes"));
  expect(up.map(({ kubernetes }) => kubernetes)).toEqual(["1.34", "1.35"]);
  for (const { steps } of up) expect(steps.map(({ component }) => component)).toEqual(["kubernetes"]);
});

test("nodes that stay behind are the next that move", () => {
  const from = { release: "2026.11", kubernetes: "1.34", nodes: "1.33" } as const;
  const [next] = planUpgrade({ ...reference, from });
  expect(next).toMatchObject({ kubernetes: "1.34", nodes: "1.34" });
  expect(next?.steps.map(({ component }) => component)).toEqual(
    expect.arrayContaining(["al2023", "kube-proxy"]),
  );
  expect(next?.steps.map(({ component }) => component)).not.toContain("kubernetes");
});

test("says why Kubernetes does not go first", () => {
  expect(planUpgrade(reference)[0]?.because[0]).toMatch(
    /^Cilium 1\.18\.12 needs Kubernetes 1\.30 to 1\.33, not 1\.34/,
  );
});

test("what the target does not install holds nothing back, and is not a reason", () => {
  expect(planUpgrade({ ...reference, absent: [...notYet, "istio"] })[0]?.because.join()).not.toContain(
    "Istio",
  );
  expect(
    planUpgrade({ ...reference, absent: [...notYet, "istio", "cilium"] }).map(
      ({ release, kubernetes }) => `${release} ${kubernetes}`,
    )[0],
  ).toBe("2025.09 1.34");
});

test("a target in the middle goes on from where it stands", () => {
  const hops = planUpgrade({ ...reference, from: { release: "2026.11", kubernetes: "1.34" } });
  expect(hops.map(({ kubernetes, nodes }) => [kubernetes, nodes])).toEqual([
    ["1.35", "1.34"],
    ["1.35", "1.35"],
  ]);
});

test("nothing is to do where the target is at the release", () => {
  expect(planUpgrade({ ...reference, from: { release: "2026.11", kubernetes: "1.35" } })).toEqual([]);
});

test("each hop is a set of versions that the matrix takes, and moves Kubernetes by one minor at most", () => {
  let minor = 33;
  for (const { release, kubernetes, nodes } of planUpgrade(reference)) {
    const versions = withOverrides(releases[release], {
      kubernetes: { version: kubernetes, reason },
      nodes: { version: nodes, reason },
    });
    expect(misfits(versions, reference.settings).filter(({ level }) => level === "refuse")).toEqual([]);
    const next = Number(kubernetes.split(".")[1]);
    expect(next - minor).toBeLessThanOrEqual(1);
    minor = next;
  }
});

test("the steps of a hop are ordered: control plane, CRDs, CNI, nodes, add-ons, charts", () => {
  const order = changes(releases["2025.09"], releases["2026.11"]).map(({ phase }) => phases.indexOf(phase));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order).size).toBe(phases.length);
});

test("two minors up of Istio or Cilium go by the one between, a major up not at all", () => {
  const notesOf = (overrides: Overrides, name: string) =>
    changes(releases["2025.09"], withOverrides(releases["2026.11"], overrides)).find(
      ({ component }) => component === name,
    )?.notes;
  expect(notesOf({}, "istio")?.slice(0, 1)).toEqual([
    "a deployment upgrades in place, which can't jump 2 minors at once: before this hop deploy a 1.28 with versions.istio, then remove that override (istio.io docs/setup/upgrade, in-place)",
  ]);
  expect(notesOf({}, "cilium")?.join()).not.toMatch(/minors at once/);
  expect(notesOf({ cilium: { version: "1.20.0", reason } }, "cilium")?.slice(0, 1)).toEqual([
    "a deployment upgrades in place, which can't jump 2 minors at once: before this hop deploy a 1.19 with versions.cilium, then remove that override (cilium/cilium Documentation/operations/upgrade.rst)",
  ]);
  expect(notesOf({ cilium: { version: "2.0.0", reason } }, "cilium")?.slice(0, 1)).toEqual([
    "skipping to another major is not supported: go through the minors between (cilium/cilium Documentation/operations/upgrade.rst)",
  ]);
});

test("charts with CRDs that Helm leaves alone say so", () => {
  const after = withOverrides(releases["2026.11"], {
    "aws-load-balancer-controller": { version: "3.6.0", reason },
  });
  expect(changes(releases["2026.11"], after)).toEqual([
    expect.objectContaining({ notes: ["apply the CRDs of the new chart first: Helm does not"] }),
  ]);
});

test("refuses to go back to an older Kubernetes", () => {
  const back = { ...reference, from: { release: "2026.11", kubernetes: "1.35" }, to: "2025.09" } as const;
  expect(() => planUpgrade(back)).toThrow(
    new NoUpgradeError(
      "release 2025.09 has Kubernetes 1.33, older than 1.35, and upgrades only go up; within seven days EKS can roll a control plane back by one minor (docs/releases.md); later, make a new cluster and move the workloads",
    ),
  );
});

test("a version that the config keeps can stand in every way, and is named", () => {
  const overrides = { karpenter: { version: "1.5.0", reason } };
  expect(() => planUpgrade({ ...reference, overrides })).toThrow(
    /^no order of steps leads to release 2026\.11: .*Kubernetes 1\.34 needs Karpenter 1\.6 or later, not 1\.5\.0/,
  );
});

test("every component says what a new version restarts", () => {
  expect(components.filter((component) => recordOf(component).upgrade.restarts === "")).toEqual([]);
});
