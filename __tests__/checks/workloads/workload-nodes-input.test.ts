import { ENVIRONMENT, NETWORK, problemsOf, warningsOf } from "../../support/problems";
import { SERVICE, SHOP } from "../../support/workload-problems";

const PORTS = "ports: { http: { port: 8080, protocol: http } }\n";
const SMALL = "resources: { cpus: 0.1, memoryMiB: 128 }\n";
const GROUPS = `nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 3 } }
  gpu: { instanceTypes: [g6.xlarge], size: { min: 1, max: 1 }, labels: { acme.com/tier: gpu }, taints: ["nvidia.com/gpu=true:NoSchedule"] }
  batch: { instanceTypes: [m7g.xlarge], size: { min: 0, max: 4 }, labels: { acme.com/tier: batch }, zones: [us-east-1a] }
`;
const QUOTA = "capacity: { quotas: { vcpusOnDemand: 2000, vcpusSpot: 2000 } }\n";
const POOL =
  'karpenter: { pools: { spot: { class: general, capacity: [spot], vcpus: { max: 8 }, limits: { cpus: 64 }, taints: ["spot=yes:NoSchedule"] } } }\n';

const files = (service: string, nodes: string) => ({
  "dev/environment.yaml": ENVIRONMENT.replace(/nodes:\n.*\n/, ""),
  "dev/us-east-1.yaml": NETWORK + QUOTA + SHOP + nodes,
  "dev/workloads/web.yaml": SERVICE + PORTS + (service.includes("resources:") ? service : SMALL + service),
});
const problems = (service: string, nodes = GROUPS) =>
  problemsOf(files(service, nodes)).map((line) => line.replace(/^\S+ {2}workloads\.web\./, ""));
const place = (labels: string, tolerations = "") =>
  `placement: { nodeLabels: { ${labels} }, tolerations: [${tolerations}] }\n`;

const NOWHERE = "are not the labels of any node group or pool; add them to one, or remove them";

describe("refuses pods that no node would ever take", () => {
  test.each([
    [
      "a label of nobody's",
      place("acme.com/tier: web"),
      `placement.nodeLabels: acme.com/tier=web  ${NOWHERE}`,
    ],
    [
      "a zone without subnets",
      place("topology.kubernetes.io/zone: us-east-1d"),
      `placement.nodeLabels: topology.kubernetes.io/zone=us-east-1d  ${NOWHERE}`,
    ],
    [
      "an instance type of no group",
      place("node.kubernetes.io/instance-type: c7i.large"),
      `placement.nodeLabels: node.kubernetes.io/instance-type=c7i.large  ${NOWHERE}`,
    ],
    [
      "spot capacity where all is on demand",
      place("eks.amazonaws.com/capacityType: SPOT"),
      `placement.nodeLabels: eks.amazonaws.com/capacityType=SPOT  ${NOWHERE}`,
    ],
    [
      "labels that no one node has together",
      place("acme.com/tier: gpu, kubernetes.io/arch: arm64"),
      "placement.nodeLabels: acme.com/tier=gpu,kubernetes.io/arch=arm64  are labels of different node groups and pools, and a node has to have them all; add them to one, or remove some",
    ],
    [
      "nodes whose taint they do not tolerate",
      place("acme.com/tier: gpu"),
      "placement.tolerations  leave the pods no node: those with their labels have the taints nvidia.com/gpu=true:NoSchedule (nodes.gpu); tolerate those of one, or leave one node group or pool without taints",
    ],
    [
      "more CPU than the largest node has",
      "resources: { cpus: 4, memoryMiB: 128 }\n",
      "resources.cpus  does not fit on any node that the pods may run on: the largest has 4 vCPUs, part of which the system keeps; write less, or give nodes.main larger types",
    ],
    [
      "all the memory of the largest node",
      "resources: { cpus: 1, memoryMiB: 16384 }\n",
      "resources.memoryMiB  does not fit on any node that the pods may run on: the largest has 16384 MiB with 4 vCPUs, part of which the system keeps; write less, or give nodes.main larger types",
    ],
  ])("%s", (_what, service, problem) => {
    expect(problems(service).map((line) => line.replace(/(resources\.\w+): \d+/, "$1"))).toEqual([problem]);
  });
});

describe("takes pods that a node takes", () => {
  test.each([
    ["anywhere", ""],
    [
      "by labels that kubelet, EKS and Karpenter set",
      place("kubernetes.io/arch: amd64, topology.kubernetes.io/zone: us-east-1b"),
    ],
    [
      "by a label that a device plugin sets",
      place('nvidia.com/gpu.present: "true"', '"nvidia.com/gpu=true:NoSchedule"'),
    ],
    ["with the taint tolerated", place("acme.com/tier: gpu", '"nvidia.com/gpu=true:NoSchedule"')],
    [
      "on Karpenter's spot nodes",
      place("karpenter.sh/capacity-type: spot, karpenter.sh/nodepool: spot", '"spot=yes:NoSchedule"'),
    ],
    [
      "larger than a group's, which a pool makes",
      'resources: { cpus: 7, memoryMiB: 128 }\nplacement: { tolerations: ["spot=yes:NoSchedule"] }\n',
    ],
  ])("%s", (_what, service) => {
    expect(problems(service, GROUPS + POOL)).toEqual([]);
  });
});

test("warns of pods whose only group starts without a node", () => {
  expect(warningsOf(files(place("acme.com/tier: batch"), GROUPS)).join("\n")).toContain(
    "workloads.web.placement: leaves the pods only nodes of nodes.batch, which starts without one, and nothing of the platform adds one, so they stay Pending",
  );
});

describe("gateways of the mesh", () => {
  const MESH =
    "ingress: {}\nmesh: { kind: istio, id: shop, trustDomain: shop.internal, ingressGateway: {} }\n";
  const group = (more: string) =>
    `nodes: { main: { instanceTypes: [m7i.large], size: { min: 3, max: 3 }${more} } }\n`;
  const problem = (nodes: string) =>
    problemsOf({
      "dev/environment.yaml": ENVIRONMENT.replace(/nodes:\n.*\n/, ""),
      "dev/us-east-1.yaml": NETWORK + QUOTA + nodes + MESH,
    }).map((line) => line.replace(/^\S+ {2}/, ""));

  test("need a node without taints", () => {
    expect(problem(group(', taints: ["CriticalAddonsOnly=true:NoSchedule"]'))).toEqual([
      "mesh.ingressGateway  has no node: its pods tolerate no taint, and every node group and pool has one; add a group or a pool without taints",
    ]);
  });

  test("run on one", () => {
    expect(problem(group(""))).toEqual([]);
  });
});
