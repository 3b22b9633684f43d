import {
  classDensity,
  classMaxPods,
  classMaxPodsPossible,
  reservedEnis,
} from "../../../src/model/karpenter-pools";
import { fleetWarnings } from "../../../src/fleet/warnings";
import { aTarget } from "../../support/fixtures";

const pool = (more: string) =>
  `karpenter: { pools: { general: { class: general, limits: { cpus: 64 }${more} } } }`;

describe("max pods", () => {
  const GENERAL = pool(", vcpus: { min: 2 }");
  const maxPods = (cni: string, karpenter = GENERAL, network = "") => {
    const { config } = aTarget(`cni: ${cni}\n${network}${karpenter}`);
    const nodeClass = config.karpenter?.classes.general;
    return nodeClass && classMaxPods(config, "general", nodeClass);
  };

  test.each([
    ["{ kind: cilium-eni }", 110],
    ["{ kind: cilium-overlay, podCidr: 100.64.0.0/11 }", 110],
    ["{ kind: cilium-overlay, podCidr: 100.64.0.0/11, nodeMask: 26 }", 62],
    ["{ kind: vpc-cni, addressMode: prefix }", 110],
    ["{ kind: cilium-chaining, addressMode: prefix }", 110],
  ])("with %s are what the smallest type can have: %i", (cni, expected) => {
    expect(maxPods(cni)).toBe(expected);
  });

  test.each([
    "{ kind: vpc-cni, addressMode: secondary-ip }",
    "{ kind: cilium-chaining, addressMode: secondary-ip }",
    "{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true }",
    "{ kind: vpc-cni, addressMode: secondary-ip, securityGroupsForPods: {} }",
    "{ kind: cilium-chaining, addressMode: secondary-ip, customNetworking: true, securityGroupsForPods: {} }",
  ])("with %s are left to Karpenter, which computes them for each type", (cni) => {
    expect(maxPods(cni)).toBeUndefined();
  });

  // Karpenter would say 29 for m7i.large: it does not know the two addresses that Cilium keeps.
  test("with single addresses under Cilium are not Karpenter's figure", () => {
    const large = pool(", instanceTypes: [m7i.large]");

    expect(maxPods("{ kind: cilium-eni, prefixDelegation: false }", large)).toBe(27);
  });

  test("with pod subnets leave the first interface out", () => {
    const large = pool(", instanceTypes: [m7i.large]");
    const subnets = "network: { subnets: { pods: { prefix: 19 } } }\n";

    expect(maxPods("{ kind: cilium-eni, prefixDelegation: false }", large, subnets)).toBe(18);
  });

  // aws/karpenter-provider-aws v1.14.1 pkg/providers/instancetype/types.go, ENILimitedPods: the same for every type.
  test.each([
    ["{ kind: vpc-cni, addressMode: secondary-ip }", 0],
    ["{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true }", 1],
    ["{ kind: vpc-cni, customNetworking: true }", 1],
    ["{ kind: cilium-chaining, addressMode: secondary-ip, securityGroupsForPods: {} }", 1],
    ["{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true, securityGroupsForPods: {} }", 2],
    ["{ kind: cilium-eni }", 0],
  ])("with %s leave out %i interfaces that hold no pod addresses", (cni, expected) => {
    expect(reservedEnis(aTarget(`cni: ${cni}\n${GENERAL}`).config)).toBe(expected);
  });

  // m5.large: 3 ENIs of 10 addresses, two of them without pods, and 9 branch interfaces for pods with groups only.
  test("may count branch interfaces where somebody sets them", () => {
    const large = pool(", instanceTypes: [m5.large]");
    const cni =
      "{ kind: vpc-cni, addressMode: secondary-ip, customNetworking: true, securityGroupsForPods: {} }";

    expect(classMaxPodsPossible(aTarget(`cni: ${cni}\n${large}`).config, "general")).toBe(20);
  });

  test.each([
    ["m7i.large, m7i.4xlarge", "{ kind: cilium-eni, prefixDelegation: false }", 18, "m7i.large", 110],
    ["c6g.medium, m7g.2xlarge", "{ kind: vpc-cni, customNetworking: true }", 50, "c6g.medium", 110],
  ])("are one figure for %s with %s, and a warning says so", (types, cni, one, smallest, other) => {
    const { config } = aTarget(
      `cni: ${cni}\nnetwork: { secondaryCidrs: [100.64.0.0/16], subnets: { pods: { prefix: 18, from: 100.64.0.0/16 } } }\n${pool(`, arch: [amd64, arm64], instanceTypes: [${types}]`)}`,
    );

    expect(classDensity(config, "general")).toMatchObject({
      maxPods: one,
      highest: other,
      heldBackBy: [smallest],
    });
  });

  test("of one figure for all sizes are a warning that names the size that decides", () => {
    const cni = "cni: { kind: cilium-eni, prefixDelegation: false }\n";
    const karpenter = pool(", instanceTypes: [m7i.large, m7i.4xlarge]");

    expect(fleetWarnings({ targets: [aTarget(`${cni}${karpenter}`)] })).toContainEqual(
      expect.stringContaining(
        "karpenter.classes.general: tells kubelet 27 pods on nodes of every size, what m7i.large can have, and larger types of its pools (general) have room for 110; write larger vcpus.min, a class for each size, or prefixes",
      ),
    );
  });

  test("may be set lower", () => {
    const karpenter = `karpenter: { classes: { general: { maxPods: 40 } }, pools: { general: { class: general, limits: { cpus: 64 } } } }`;

    expect(maxPods("{ kind: cilium-eni }", karpenter)).toBe(40);
  });
});
