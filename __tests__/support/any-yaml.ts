import fc from "fast-check";
import { stringify } from "yaml";

const zones = fc.shuffledSubarray(["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"], { minLength: 2 });

const cni = fc.oneof(
  fc.record({
    kind: fc.constant("cilium-eni"),
    prefixDelegation: fc.boolean(),
    encryption: fc.constantFrom("none", "wireguard"),
    hubble: fc.record({ relay: fc.constant(true), ui: fc.boolean() }),
  }),
  fc.record({
    kind: fc.constant("cilium-overlay"),
    podCidr: fc.constantFrom("10.32.0.0/13", "100.64.0.0/11"),
    tunnel: fc.constantFrom("geneve", "vxlan"),
  }),
  fc.record({ kind: fc.constant("cilium-chaining") }),
  fc.record({
    kind: fc.constant("vpc-cni"),
    addressMode: fc.constantFrom("secondary-ip", "prefix"),
    networkPolicy: fc.boolean(),
  }),
);

const group = fc.record({
  instanceTypes: fc.constantFrom(["m7i.large"], ["m7g.xlarge", "c7g.xlarge"], ["m7i.2xlarge", "r7i.2xlarge"]),
  size: fc.record({ min: fc.integer({ min: 2, max: 5 }), max: fc.integer({ min: 5, max: 12 }) }),
  ami: fc.constantFrom("al2023", "bottlerocket"),
  capacity: fc.constantFrom("on-demand", "spot"),
  rootVolumeGiB: fc.integer({ min: 20, max: 500 }),
});

const pool = fc.record({
  class: fc.constant("general"),
  arch: fc.constantFrom(["amd64"], ["arm64"], ["amd64", "arm64"]),
  capacity: fc.constantFrom(["on-demand"], ["spot", "on-demand"]),
  limits: fc.record({ cpus: fc.integer({ min: 2, max: 1000 }) }),
});

const autoscaling = fc.record(
  {
    karpenter: fc.record({
      identity: fc.constantFrom("pod-identity", "irsa"),
      classes: fc.record({ general: fc.record({ ami: fc.constantFrom("al2023", "bottlerocket") }) }),
      pools: fc.dictionary(fc.constantFrom("general", "batch"), pool, { minKeys: 1 }),
    }),
    keda: fc.record({ queues: fc.constantFrom([], ["orders", "bills.fifo"]) }),
    verticalPodAutoscaler: fc.record({ mode: fc.constantFrom("recommend", "act") }),
  },
  { requiredKeys: [] },
);

/** Targets that a person could write, over the choices that change what is made. */
const targets = fc.record({
  release: fc.constantFrom("2025.09", "2026.11"),
  account: fc.constant({ id: "111122223333" }),
  state: fc.constant({ region: "us-east-1" }),
  runner: fc.constantFrom({ reach: "in-vpc" }, { reach: "peered", cidrs: ["10.250.0.0/24"] }),
  tags: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[A-Za-z0-9 _./-]{0,12}$/), {
    maxKeys: 3,
  }),
  network: fc.record({
    vpcCidr: fc.constantFrom("10.0.0.0/16", "172.16.0.0/16", "10.128.0.0/17"),
    zones,
    controlPlaneZones: zones,
    egress: fc.constantFrom(
      { kind: "nat-per-zone" },
      { kind: "nat-single" },
      {
        kind: "firewall",
        domains: [
          ".quay.io",
          "registry.k8s.io",
          ".pkg.dev",
          "ghcr.io",
          ".githubusercontent.com",
          "public.ecr.aws",
          ".cloudfront.net",
        ],
      },
      { kind: "transit-gateway", transitGatewayId: "tgw-0123456789abcdef0" },
      { kind: "proxy", httpsProxy: "http://proxy.corp.example:3128" },
    ),
  }),
  cni,
  nodes: fc.dictionary(fc.constantFrom("main", "system", "batch"), group, { minKeys: 1 }),
});

/** YAML of targets that a person could write: most of them are valid. */
export const anyYaml: fc.Arbitrary<string> = fc.tuple(targets, autoscaling).map(([target, components]) => {
  const supportPolicy = target.release === "2025.09" ? { cluster: { supportPolicy: "extended" } } : {};
  return stringify({ ...target, ...supportPolicy, ...components, metricsServer: {} });
});

/** Pools that are more than the subnets hold are no valid config; what else is refused is a fault of the generator, or of a check. */
export function isOutOfRoom(problems: readonly { readonly message: string }[]): boolean {
  return problems.length > 0 && problems.every(({ message }) => message.includes("(IP-CAPACITY-"));
}
