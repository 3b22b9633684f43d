import { maxPodsOf } from "../../src/model/max-pods";
import { capacityReport } from "../../src/ip-capacity/capacity-report";
import { aTarget } from "../support/fixtures";
import { ENVIRONMENT, NETWORK, problemsIn, warningsOf } from "../support/problems";

// Three modes of Cilium's address management on one cluster of 14 nodes, in the order in which teams try them.
const NODES =
  "nodes: { main: { instanceTypes: [m7i.large], size: { min: 14, max: 14 }, maxPods: ami-default } }";
const OVERLAY =
  "cni: { kind: cilium-overlay, podCidr: 10.8.0.0/16, nodeMask: 24, routing: ROUTING, tunnel: vxlan }";
const phase = (cni: string, nodes = NODES) =>
  `${NETWORK.replace("10.0.0.0/16", "10.64.0.0/16")}${cni}\n${nodes}\n`;
const warningsIn = (text: string) =>
  warningsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": text });

test("cluster-pool, native routing: refused, because zones lose each other", () => {
  expect(problemsIn(phase(OVERLAY.replace("ROUTING", "native")))).toEqual([
    expect.stringMatching(
      /cni\.routing: native {2}can't work: the VPC has no route to pod addresses of its own, and autoDirectNodeRoutes needs all nodes in one subnet, so zones lose each other/,
    ),
  ]);
});

describe("cluster-pool, vxlan: nodes reach each other, and pods still wait", () => {
  const text = phase(OVERLAY.replace("ROUTING", "tunnel"));

  test("is accepted, with a warning that names the ceiling and its reason", () => {
    expect(problemsIn(text)).toEqual([]);
    expect(warningsIn(text)).toContain(
      "dev/us-east-1: nodes.main.maxPods: kubelet keeps the 29 pods that the EKS AMI computes from ENIs" +
        " (3 x (10 - 1) + 2 on m7i.large) although overlay takes 110, so pods stay Pending on nodes with room;" +
        " maxPods: auto (POD-DENSITY-KUBELET)",
    );
  });

  test("the nodes run 29 pods each, though their /24 has 254 addresses", () => {
    const target = aTarget(`${text}`);
    const [density] = capacityReport(target.capacity).densities;

    expect(Object.values(target.config.nodes).map((group) => maxPodsOf(target.config, group))).toEqual([29]);
    expect(density).toMatchObject({ maxPods: 29, limitedBy: "ami-default" });
  });

  test("is refused where the ceiling is below the pods that are to run", () => {
    expect(problemsIn(`${text}capacity: { steady: { podsPerNode: 40 } }\n`)).toEqual([
      expect.stringMatching(
        /nodes\.main\.maxPods: ami-default {2}29 pods on a node, 42 are wanted.*: kubelet keeps the 29 pods.*what fits: maxPods: auto/,
      ),
    ]);
  });
});

test("eni, prefix delegation: is accepted, and nodes run 110 pods", () => {
  const text = phase(
    "cni: { kind: cilium-eni, prefixDelegation: true }",
    NODES.replace("ami-default", "auto"),
  );
  const report = capacityReport(aTarget(`${text}capacity: { steady: { podsPerNode: 108 } }`).capacity);

  expect(
    problemsIn(`${text}capacity: { steady: { podsPerNode: 108 }, quotas: { vcpusOnDemand: 28 } }\n`),
  ).toEqual([]);
  expect(report).toMatchObject({ fits: true, mode: "cilium-eni-prefix", maxPodsWanted: 110 });
});

// Prefix delegation alone does not lift the ceiling: kubelet has to be told.
test("eni, prefix delegation, with kubelet left alone: the ceiling stays at the AMI's figure", () => {
  expect(warningsIn(phase("cni: { kind: cilium-eni }")).join()).toMatch(
    /although cilium-eni-prefix takes 110/,
  );
});
