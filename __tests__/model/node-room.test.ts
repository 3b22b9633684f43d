import { ENVIRONMENT, NETWORK, problemsIn, problemsOf, warningsOf } from "../support/problems";
import { readFleet } from "../../src/fleet/load-fleet";
import { fleetWarnings } from "../../src/fleet/warnings";
import { aFolder } from "../support/fixtures";

const group = (size: string, more = "") => `{ instanceTypes: [m7i.large], size: { ${size} }${more} }`;
const target = (nodes: string, more = "") =>
  `${NETWORK}capacity: { quotas: { vcpusOnDemand: 2000 } }\nnodes: { ${nodes} }\n${more}`;
const problems = (text: string) =>
  problemsIn(text, ENVIRONMENT.replace(/nodes:\n.*\n/, "")).map((line) => line.replace(/^\S+ {2}/, ""));
const warnings = (text: string) =>
  warningsOf({
    "dev/environment.yaml": ENVIRONMENT.replace(/nodes:\n.*\n/, ""),
    "dev/us-east-1.yaml": text,
  }).filter((line) => !line.includes("IP-CAPACITY"));

describe("refuses a cluster whose add-ons have no node", () => {
  const reason = (others = "") =>
    `starts the group without a node, and CoreDNS, the EBS CSI driver and every controller have no other place${others}: the apply fails after 20 minutes; write at least 2`;

  test.each([
    [
      "the only group starts empty",
      `main: ${group("min: 0, max: 6")}`,
      `nodes.main.size.min: 0  ${reason()}`,
    ],
    [
      "it says so itself",
      `main: ${group("min: 0, max: 6, desired: 0")}`,
      `nodes.main.size.desired: 0  ${reason()}`,
    ],
    [
      "the others are for somebody else",
      `main: ${group("min: 0, max: 6")}, gpu: ${group("min: 3, max: 6", ', taints: ["gpu=yes:NoSchedule"]')}`,
      `nodes.main.size.min: 0  ${reason()}`,
    ],
    [
      "both of two start empty",
      `a: ${group("min: 0, max: 6")}, b: ${group("min: 0, max: 6", ', taints: ["CriticalAddonsOnly=true:NoSchedule"]')}`,
      `nodes.a.size.min: 0  ${reason(" (nodes.b as well)")}`,
    ],
  ])("because %s", (_why, nodes, problem) => {
    expect(problems(target(nodes))).toEqual([problem]);
  });

  test("and says it once where Karpenter's controller has no node either", () => {
    const karpenter = "karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }\n";

    expect(problems(target(`main: ${group("min: 0, max: 6")}`, karpenter))).toEqual([
      `nodes.main.size.min: 0  ${reason()}`,
    ]);
  });
});

test("takes a group that only prefers others, and one that starts with nodes at min 0", () => {
  expect(
    problems(target(`main: ${group("min: 2, max: 2", ', taints: ["spot=yes:PreferNoSchedule"]')}`)),
  ).toEqual([]);
  expect(problems(target(`main: ${group("min: 0, max: 2, desired: 2")}`))).toEqual([]);
});

describe("reports a pool that nothing uses", () => {
  const POOL =
    'karpenter: { pools: { general: { class: general, limits: { cpus: 64 }, taints: ["dedicated=general:NoSchedule"] } } }\n';
  const service = (tolerations: string) =>
    `namespaces: { shop: {} }\nworkloads: { orders: { namespace: shop, image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1", ports: { http: { port: 8080, protocol: http } }, resources: { cpus: 0.1, memoryMiB: 64 }, placement: { tolerations: [${tolerations}] } } }\n`;
  const unused =
    "dev/us-east-1: karpenter.pools.general.taints: keep every pod off the pool: no service of workloads tolerates dedicated=general:NoSchedule; add it to a service's placement.tolerations, or remove the taint";
  const unscaled =
    "dev/us-east-1: nodes.main.size.max: is never reached: nothing adds a node to a managed group, and karpenter's pools take only pods that tolerate dedicated=general:NoSchedule (general), so what does not fit on 3 nodes stays Pending; leave one pool without a taint";

  test("beside groups that nothing scales", () => {
    expect(warnings(target(`main: ${group("min: 3, max: 30")}`, POOL))).toEqual([unused, unscaled]);
  });

  test("though a service tolerates another value", () => {
    const text = target(`main: ${group("min: 3, max: 30")}`, POOL + service('"dedicated=batch:NoSchedule"'));

    expect(warnings(text)).toContain(unused);
  });

  test.each(["dedicated=general:NoSchedule", "dedicated:NoSchedule"])(
    "but not where a service tolerates %s",
    (taint) => {
      const text = target(`main: ${group("min: 3, max: 3")}`, POOL + service(`"${taint}"`));

      expect(warnings(text)).toEqual([]);
    },
  );

  test("but not where another pool takes every pod", () => {
    const open = POOL.replace("pools: { ", "pools: { open: { class: general, limits: { cpus: 64 } }, ");

    expect(warnings(target(`main: ${group("min: 3, max: 30")}`, open))).toEqual([]);
  });
});

test("tells once for all targets that nothing scales managed groups without Karpenter", () => {
  const files = (max: number) => ({
    "dev/environment.yaml": ENVIRONMENT.replace("max: 30", `max: ${max}`),
    "dev/us-east-1.yaml": NETWORK,
    "dev/us-west-2.yaml": NETWORK.replaceAll("us-east-1", "us-west-2").replace("10.0.0.0", "10.1.0.0"),
  });
  const said = (max: number) =>
    fleetWarnings(readFleet(aFolder(files(max))).fleet).filter((line) => line.startsWith("nodes: "));

  expect(problemsOf(files(30))).toEqual([]);
  expect(said(30)).toEqual([
    "nodes: a managed group keeps its first size, whatever its max, so pods that need more have to wait; add karpenter, or write the size that you need as min and max (dev/us-east-1, dev/us-west-2; waiver: NODES-FIXED-SIZE at nodes)",
  ]);
  expect(said(3)).toEqual([]);
});
