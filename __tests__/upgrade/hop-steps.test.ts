import { recordOf } from "../../src/components/components";
import type { Target } from "../../src/model/target";
import { hopsOf } from "../../src/upgrade/hops";
import { hopSteps, installedSteps, replacesNodes, skippedMinors } from "../../src/upgrade/hop-steps";
import { editsOf } from "../../src/upgrade/edits";
import { standOf } from "../../src/upgrade/hops";
import { liveChecks } from "../../src/verify/live-checks";
import { present } from "../../src/text/errors";
import { aTarget } from "../support/fixtures";

const OLD = `release: "2025.09"\ncluster: { supportPolicy: extended }`;
const KARPENTER =
  "karpenter: { classes: { general: {} }, pools: { general: { class: general, limits: { cpus: 64 } } } }";
const ISTIO = "mesh: { kind: istio, id: acme, trustDomain: acme.internal }";
const targets: readonly (readonly [string, string])[] = [
  ["Cilium's mode for ENIs", OLD],
  ["the VPC CNI", `${OLD}\ncni: { kind: vpc-cni }`],
  ["Karpenter and a mesh of sidecars", `${OLD}\n${KARPENTER}\nmetricsServer: {}\n${ISTIO}`],
];

/** `[stack, component]` in the order in which a target's components change over all hops. */
function order(target: Target): readonly (readonly [number, string, string])[] {
  return hopsOf(target, "2026.11").flatMap((hop, number) =>
    hopSteps(target, hop).flatMap((step) =>
      step.does === "deploy"
        ? step.brings.map(({ component }) => [number, step.stack, component] as const)
        : [],
    ),
  );
}

describe.each(targets)("the steps of an upgrade with %s", (_, yaml) => {
  const target = aTarget(yaml);
  const hops = hopsOf(target, "2026.11");

  test("deploy every stack in each hop, in the order of the target's stacks, and change each component in one of them", () => {
    for (const hop of hops) {
      const steps = hopSteps(target, hop);
      const deployed = steps.flatMap((step) => (step.does === "deploy" ? [step.stack] : []));
      expect(deployed).toEqual(target.stacks);
      const brought = steps.flatMap((step) => (step.does === "deploy" ? step.brings : []));
      expect(brought.map(({ component }) => component).sort()).toEqual(
        installedSteps(target, hop)
          .map(({ component }) => component)
          .sort(),
      );
    }
  });

  test("take the control plane up before nodes and EKS add-ons, in a hop of its own", () => {
    const all = order(target);
    for (const [hop, , component] of all.filter(([, , each]) => each === "kubernetes")) {
      expect(all.filter(([number]) => number === hop)).toEqual([[hop, "cluster", component]]);
      const later = all.filter(([number, , each]) => number === hop + 1 && each === "al2023");
      expect(later).toHaveLength(1);
    }
  });

  test("put definitions, and what must run before others, in stacks that come no later than theirs", () => {
    const phase = (component: string) => recordOf(component as "cilium").upgrade.phase;
    const place = (stack: string) => target.stacks.indexOf(stack);
    for (const hop of hops) {
      const own = order(target).filter(([number]) => number === hops.indexOf(hop));
      const of = (...names: readonly string[]) => own.filter(([, , each]) => names.includes(phase(each)));
      for (const [, crds] of of("CRDs"))
        for (const [, charts] of of("charts")) expect(place(crds)).toBeLessThanOrEqual(place(charts));
      for (const [, cni] of of("CNI"))
        for (const [, nodes] of of("nodes", "add-ons", "charts"))
          expect(place(cni)).toBeLessThanOrEqual(place(nodes));
    }
  });

  test("ask after each stack what it decides, and at the end all that applies", () => {
    for (const hop of hops) {
      const steps = hopSteps(target, hop);
      const asked = steps.flatMap((step, index) =>
        step.does === "verify" && step.stack !== undefined ? [[steps[index - 1], step] as const] : [],
      );
      for (const [before, step] of asked) expect(before).toMatchObject({ does: "deploy", stack: step.stack });
      const last = present(steps.at(-1), "a last step");
      const ids = last.does === "verify" ? last.checks.map(({ id }) => id) : [];
      const applying = liveChecks.filter(
        (each) => each.applies(target) && each.traffic !== true && each.onRequest === undefined,
      );
      expect([...ids, "UPGRADE-INSIGHTS"].sort()).toEqual(applying.map(({ id }) => id).sort());
      // None twice on the way.
      const onTheWay = asked.flatMap(([, { checks }]) => checks.map(({ id }) => id));
      expect(new Set(onTheWay).size).toBe(onTheWay.length);
    }
  });
});

test("nodes are asked for their version only after Karpenter's classes say it", () => {
  const target = aTarget(`${OLD}\n${KARPENTER}`);
  const [hop] = hopsOf(target, "2026.11");
  const after = hopSteps(target, present(hop, "a hop")).find(
    (step) => step.does === "verify" && step.checks.some(({ id }) => id === "NODES-VERSION"),
  );

  expect(after).toMatchObject({ stack: "autoscaling" });
});

test("only hops of nodes replace nodes", () => {
  const target = aTarget(OLD);

  expect(hopsOf(target, "2026.11").map((hop) => replacesNodes(target, hop))).toEqual([
    false,
    false,
    true,
    false,
    true,
  ]);
});

test("Istio two minors up is no step of a deployment in place, and one minor is", () => {
  const yaml = `${OLD}\n${ISTIO}`;
  const skipped = (text: string) => {
    const target = aTarget(text);
    return hopsOf(target, "2026.11").flatMap((hop) =>
      skippedMinors(target, hop).map(({ component, from, to }) => `${component} ${from} ${to}`),
    );
  };

  expect(skipped(yaml)).toEqual(["istio 1.27.9 1.29.6"]);
  expect(skipped(`${yaml}\nversions: { istio: { version: "1.28.6", reason: "the step between" } }`)).toEqual(
    [],
  );
});

test("a hop writes versions that hold back, and takes them out when they are no longer needed", () => {
  const target = aTarget(OLD);
  const edits = hopsOf(target, "2026.11").map((hop, index) =>
    editsOf(hop, index === 0 ? standOf(target) : hop, "2026.11").map(({ path, value }) => [
      path.join("."),
      typeof value === "object" && value !== null && "version" in value ? value.version : value,
    ]),
  );

  expect(edits[0]).toEqual([
    ["release", "2026.11"],
    ["versions.kubernetes", "1.33"],
    ["versions.nodes", undefined],
  ]);
  expect(edits[3]).toEqual([
    ["versions.kubernetes", undefined],
    ["versions.nodes", "1.34"],
  ]);
  expect(edits[4]).toEqual([
    ["versions.kubernetes", undefined],
    ["versions.nodes", undefined],
  ]);
});

test("no step of an upgrade makes pods, floods a network, restores or plans: that is done where somebody asks verify for it", () => {
  const target = aTarget(`${OLD}\n${KARPENTER}`);
  const checks = hopsOf(target, "2026.11").flatMap((hop) =>
    hopSteps(target, hop).flatMap((step) => (step.does === "verify" ? step.checks : [])),
  );

  expect(checks.length).toBeGreaterThan(0);
  expect(
    checks
      .filter(({ traffic, onRequest }) => traffic === true || onRequest !== undefined)
      .map(({ id }) => id),
  ).toEqual([]);
});
