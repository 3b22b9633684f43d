import { decideVpc } from "../../../src/reachability/vpc/decide";
import { podPlaces } from "../../../src/reachability/vpc/senders";
import type { VpcWorld } from "../../../src/reachability/vpc/world";
import { first, sample, withFault, worldOf } from "./worlds";

const INTERNET = "198.51.100.0/24";

/** What says whose address packets of pods carry, and that the way is open all the same. */
function sourceOf(world: VpcWorld, workspace: string, range: string): string {
  const hops = decideVpc(world, first(podPlaces(world, workspace)), { kind: "range", range }, 443);
  return hops.find(({ at }) => at === "source address")?.says ?? "nothing";
}

const OWN = "packets carry the pod's own address";
const OUTSIDE = "packets to elsewhere than these ranges leave with the node's address";

/**
 * amazon-vpc-cni-k8s, README.md, AWS_VPC_K8S_CNI_EXTERNALSNAT; Cilium's documentation, "Masquerading"; EKS User Guide,
 * "Learn about IPv6 addresses to clusters, Pods, and services".
 */
test.each([
  ["the VPC CNI in the VPC", "standard/us-east-1", "10.72.16.0/20", OWN],
  ["the VPC CNI out of the VPC", "standard/us-east-1", INTERNET, OUTSIDE],
  ["the VPC CNI with custom networking", "secondary-cidr/us-east-1", INTERNET, OUTSIDE],
  ["Cilium chained to it", "chaining/us-east-1", INTERNET, OUTSIDE],
  ["Cilium in ENI mode without masquerade", "dev/us-east-1", INTERNET, OWN],
  [
    "an overlay",
    "overlay-geneve/us-east-1",
    INTERNET,
    "packets of pods leave the cluster with their node's address",
  ],
  [
    "IPv4 of an IPv6 cluster",
    "ipv6/us-east-1",
    INTERNET,
    "IPv4 packets of pods leave with their node's address",
  ],
  ["IPv6 of an IPv6 cluster", "ipv6/us-east-1", "2001:db8::/32", OWN],
] as const)("%s", (_title, name, range, expected) => {
  const target = sample(name);
  expect(sourceOf(worldOf(target), target.workspace, range)).toBe(expected);
});

test("with external SNAT the VPC CNI leaves pods their addresses, as for the ranges that it excepts", () => {
  const withEnv = (env: Readonly<Record<string, string>>) =>
    withFault(["standard/us-east-1"], "standard-us-east-1-cni", ({ resource }) => {
      const addon = Object.values(resource.aws_eks_addon ?? {}).find(
        ({ addon_name: name }) => name === "vpc-cni",
      );
      if (addon === undefined) throw new Error("no VPC CNI");
      addon.configuration_values = JSON.stringify({ env });
    });
  const workspace = "standard-us-east-1";
  expect(sourceOf(withEnv({ AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" }), workspace, INTERNET)).toBe(OWN);
  const excepted = withEnv({ AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS: "10.200.0.0/14, 198.51.100.0/24" });
  expect(sourceOf(excepted, workspace, INTERNET)).toBe(OWN);
  expect(sourceOf(excepted, workspace, "203.0.113.0/24")).toBe(OUTSIDE);
});

test("the way back leads to whose address it was: nodes' subnets, not pods'", () => {
  const workspace = "secondary-cidr-us-east-1";
  const lost = (tier: string) =>
    withFault(["secondary-cidr/us-east-1"], `${workspace}-network`, ({ resource }) => {
      // Nothing out to the internet from one tier's subnets.
      const associations = resource.aws_route_table_association ?? {};
      for (const name of Object.keys(associations))
        if (name.startsWith(`network_${tier}-`)) delete associations[name];
    });
  const verdicts = (world: VpcWorld) =>
    decideVpc(world, first(podPlaces(world, workspace)), { kind: "range", range: INTERNET }, 443).some(
      ({ verdict }) => verdict === "denied",
    );
  expect(verdicts(lost("pods"))).toBe(false);
  expect(verdicts(lost("nodes"))).toBe(true);
});
