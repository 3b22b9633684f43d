import { podDensity, type PodDensityOptions } from "../../src/ip-capacity/pod-density";
import type { PodDensityMode } from "../../src/ip-capacity/pod-density-mode";

/**
 * Secondary-IP figures as published in aws/amazon-vpc-cni-k8s misc/eni-max-pods.txt. The others were worked out apart
 * from this code, from the ENIs and addresses of awslabs/amazon-eks-ami nodeadm/internal/kubelet/instance-info.jsonl:
 * prefix min(cap, ENIs x (addresses - 1) x 16 + 2), custom networking with one ENI less, Cilium less its two
 * addresses and plus its two host-network pods, overlay min(cap, 254 - 2 + 2), IPv6 the cap.
 */
const published: readonly (readonly [
  type: string,
  vcpu: number,
  secondary: number,
  prefix: number | null,
  custom: number | null,
  customWithPrefixes: number | null,
  ciliumEni: number,
  ciliumEniFromSecond: number | null,
  ciliumPrefix: number | null,
  overlay: number,
  ipv6: number | null,
])[] = [
  ["t3.small", 2, 11, 110, 8, 98, 9, 6, 110, 110, 110],
  ["t3.medium", 2, 17, 110, 12, 110, 15, 10, 110, 110, 110],
  ["t3.large", 2, 35, 110, 24, 110, 33, 22, 110, 110, 110],
  ["m5.large", 2, 29, 110, 20, 110, 27, 18, 110, 110, 110],
  ["m5.xlarge", 4, 58, 110, 44, 110, 56, 42, 110, 110, 110],
  ["m5.4xlarge", 16, 234, 110, 205, 110, 232, 203, 110, 110, 110],
  ["m5.8xlarge", 32, 234, 250, 205, 250, 232, 203, 250, 250, 250],
  ["m5.24xlarge", 96, 737, 250, 688, 250, 735, 686, 250, 250, 250],
  ["m5.metal", 96, 737, 250, 688, 250, 735, 686, 250, 250, 250],
  ["m6g.medium", 1, 8, 98, 5, 50, 6, 3, 96, 110, 110],
  ["m6i.large", 2, 29, 110, 20, 110, 27, 18, 110, 110, 110],
  ["m7g.xlarge", 4, 58, 110, 44, 110, 56, 42, 110, 110, 110],
  ["m7i.2xlarge", 8, 58, 110, 44, 110, 56, 42, 110, 110, 110],
  ["c5.large", 2, 29, 110, 20, 110, 27, 18, 110, 110, 110],
  ["c5.4xlarge", 16, 234, 110, 205, 110, 232, 203, 110, 110, 110],
  ["c5n.18xlarge", 72, 737, 250, 688, 250, 735, 686, 250, 250, 250],
  ["c6i.32xlarge", 128, 737, 250, 688, 250, 735, 686, 250, 250, 250],
  ["r5.2xlarge", 8, 58, 110, 44, 110, 56, 42, 110, 110, 110],
  ["r6g.16xlarge", 64, 737, 250, 688, 250, 735, 686, 250, 250, 250],
  ["i4i.large", 2, 29, 110, 20, 110, 27, 18, 110, 110, 110],
  ["p3dn.24xlarge", 96, 737, 250, 688, 250, 735, 686, 250, 250, 250],
  ["p4d.24xlarge", 96, 737, 250, 688, 250, 735, 686, 250, 250, 250],
  ["p5.48xlarge", 192, 100, 250, 51, 250, 98, 49, 250, 250, 250],
  ["trn1.32xlarge", 128, 247, 250, 198, 250, 245, 196, 250, 250, 250],
  ["hpc7a.96xlarge", 192, 100, 250, 51, 250, 98, 49, 250, 250, 250],
  ["hpc6id.32xlarge", 64, 51, 250, null, null, 49, null, 250, 250, 250],
  ["m4.large", 2, 20, null, 11, null, 18, 9, null, 110, null],
  ["t2.medium", 2, 17, null, 12, null, 15, 10, null, 110, null],
  ["i3.large", 2, 29, null, 20, null, 27, 18, null, 110, null],
];

const row = (index: number) => published.map((figures) => [figures[0], figures[index]] as const);
const inMode = (mode: PodDensityMode, options?: PodDensityOptions) => (type: string) =>
  podDensity(type, mode, options).maxPods;

test.each(row(2))("%s runs %s pods with secondary addresses", (type, pods) => {
  expect(inMode("secondary-ip")(type)).toBe(pods);
});
test.each(row(3))("%s runs %s pods with prefixes", (type, pods) => {
  expect(inMode("prefix")(type)).toBe(pods);
});
test.each(row(4))("%s runs %s pods with custom networking", (type, pods) => {
  expect(inMode("custom-networking")(type)).toBe(pods);
});
test.each(row(5))("%s runs %s pods with custom networking and prefixes", (type, pods) => {
  expect(inMode("custom-networking", { prefixDelegation: true })(type)).toBe(pods);
});
test.each(row(6))("%s runs %s pods with Cilium in ENI mode", (type, pods) => {
  expect(inMode("cilium-eni")(type)).toBe(pods);
});
test.each(row(7))("%s runs %s pods with Cilium in ENI mode from the second ENI on", (type, pods) => {
  expect(inMode("cilium-eni", { firstInterfaceIndex: 1 })(type)).toBe(pods);
});
test.each(row(8))("%s runs %s pods with Cilium in ENI mode with prefixes", (type, pods) => {
  expect(inMode("cilium-eni-prefix")(type)).toBe(pods);
});
test.each(row(9))("%s runs %s pods in an overlay", (type, pods) => {
  expect(inMode("overlay")(type)).toBe(pods);
});
test.each(row(10))("%s runs %s pods with IPv6", (type, pods) => {
  expect(inMode("ipv6")(type)).toBe(pods);
});

// aws/amazon-vpc-cni-k8s README.md (ENABLE_POD_ENI: c5.4xlarge 54) and EKS Best Practices, "Security Groups Per Pod"
// (m5.large 9); t types take no trunk.
test.each([
  ["c5.4xlarge", 54],
  ["m5.large", 9],
  ["t3.medium", 0],
  ["hpc6id.32xlarge", null],
])("%s gives %s pods a security group of their own", (type, podEnis) => {
  expect(podDensity(type, "secondary-ip").podEnis).toBe(podEnis);
});
