import { NETWORK, problemsIn } from "../../support/problems";

const said = (text: string) =>
  problemsIn(
    `${NETWORK}nodes: { main: { instanceTypes: [m7i.xlarge, m7i.large], size: { min: 2, max: 4 }, kubelet: { ${text} } } }\n`,
  );

// kubernetes/kubernetes v1.35, pkg/kubelet/cm/node_container_manager_linux.go, validateNodeAllocatable.
test.each([
  [
    "systemReserved: { cpus: 1 }, kubeReserved: { cpus: 1 }",
    "nodes.main.kubelet  sets aside 2 CPUs, and m7i.large has 2: pods get nothing, or kubelet does not start; write less",
  ],
  ["systemReserved: { memoryMiB: 9000 }", "sets aside 9000 MiB, and m7i.large has 8192"],
  ["kubeReserved: { ephemeralStorageGiB: 50 }", "sets aside 50 GiB of the root volume, and it has 50"],
])("more set aside than the smallest node has is refused: { %s }", (text, problem) => {
  expect(said(text)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ["imageGc: { highPercent: 60, lowPercent: 60 }", "has a lowPercent that is not below highPercent"],
  ["imageGc: { highPercent: 60 }", "imageGc.lowPercent  is missing"],
  ["topologyManagerScope: pod", "has no effect without a topologyManagerPolicy; remove it"],
  ['evictionHard: { "memory.available": 100% }', "is not a threshold; write a quantity or a part below 100%"],
  ['evictionHard: { "memory.free": 1Gi }', "is not a known key; known here: memory.available"],
  ["maxPods: 50", "max pods are the group's own: maxPods beside kubelet"],
  ["cpuManagerPolicy: Static", "must be one of none, static"],
  ["registerWithTaints: []", "write taints"],
  ["imageGCHighThresholdPercent: 80", "write imageGc: { highPercent, lowPercent }"],
])("{ %s } is refused: %s", (text, problem) => {
  expect(said(text)).toEqual([expect.stringContaining(problem)]);
});

test("settings that fit are taken", () => {
  expect(
    said(
      'systemReserved: { cpus: 0.1, memoryMiB: 200 }, evictionHard: { "memory.available": 200Mi, "pid.available": "8%" }, imageGc: { highPercent: 75, lowPercent: 60 }, cpuManagerPolicy: static, topologyManagerPolicy: restricted, topologyManagerScope: pod',
    ),
  ).toEqual([]);
});
