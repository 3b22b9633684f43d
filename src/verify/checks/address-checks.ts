import { z } from "zod";
import { formatCidr } from "../../ip-capacity/cidr";
import { capacityReport } from "../../ip-capacity/capacity-report";
import { prefixesForPods } from "../../ip-capacity/prefixes";
import { usesPrefixes } from "../../ip-capacity/held-addresses";
import { DEFAULT_ADDRESSES_LEFT } from "../../facts/defaults";
import { loadBalancerAddresses } from "../../facts/aws-quotas";
import type { Target } from "../../model/target";
import { counted, figure } from "../../text/counted";
import { freeBlocks } from "../free-blocks";
import { always, type LiveCheck } from "../live-check";
import type { Notes as Reader } from "../notes";
import { Notes } from "../notes";

const networkOf = z.object({
  cluster: z.object({
    resourcesVpcConfig: z.object({ vpcId: z.string().optional(), subnetIds: z.array(z.string()).catch([]) }),
  }),
});
const subnetList = z.object({
  Subnets: z.array(
    z.object({
      SubnetId: z.string(),
      VpcId: z.string().optional(),
      CidrBlock: z.string(),
      AvailabilityZone: z.string(),
      AvailableIpAddressCount: z.number(),
      MapPublicIpOnLaunch: z.boolean().optional(),
      Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).catch([]),
    }),
  ),
});
type LiveSubnet = z.infer<typeof subnetList>["Subnets"][number];

/** Subnets of the cluster's VPC; undefined where AWS does not say. */
export function liveSubnets(notes: Reader, { clusterName }: Target): readonly LiveSubnet[] | undefined {
  const network = notes.aws(networkOf, "eks", "describe-cluster", "--name", clusterName);
  if (network === undefined) return undefined;
  const { vpcId, subnetIds } = network.cluster.resourcesVpcConfig;
  const own = () =>
    notes.aws(subnetList, "ec2", "describe-subnets", "--subnet-ids", ...subnetIds)?.Subnets[0];
  const vpc = vpcId ?? own()?.VpcId;
  if (vpc === undefined) return undefined;
  return notes.aws(subnetList, "ec2", "describe-subnets", "--filters", `Name=vpc-id,Values=${vpc}`)?.Subnets;
}

/** Subnets whose addresses pods and nodes get, with the subnet that AWS has at the same place. */
function planned({ subnets }: Target, live: readonly LiveSubnet[]) {
  return (["nodes", "pods"] as const).flatMap((tier) =>
    [...(subnets.get(tier) ?? [])].map(([zone, cidr]) => ({
      tier,
      zone,
      cidr,
      there: live.find(({ CidrBlock }) => CidrBlock === formatCidr(cidr)),
    })),
  );
}

const subnetAddresses: LiveCheck = {
  id: "SUBNET-ADDRESSES",
  group: "addresses",
  proves: "the subnets of nodes and pods have addresses left, and use no more than the plan counts with",
  asks: ["aws ec2 describe-subnets"],
  offline: "capacity",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const live = liveSubnets(notes, target);
    if (live === undefined) return notes.outcome();
    const { zones } = capacityReport(target.capacity);
    const least = target.config.observability?.alerts?.subnetAddressesLeft ?? DEFAULT_ADDRESSES_LEFT;
    for (const { tier, zone, cidr, there } of planned(target, live)) {
      const name = `${tier} subnet of ${zone} (${formatCidr(cidr)})`;
      const plan = zones.find((each) => each.zone === zone)?.subnets.find(({ subnet }) => subnet === tier);
      if (there === undefined) {
        notes.fault(`${name} is not in the VPC`);
        continue;
      }
      const left = there.AvailableIpAddressCount;
      if (plan === undefined) {
        notes.seen(`${name}: ${counted(left, "address")} left`);
        continue;
      }
      const used = plan.usable - left;
      // A small subnet has never that many.
      const floor = Math.min(least, Math.floor(plan.usable / 10));
      if (left < floor)
        notes.fault(`${name} has ${counted(left, "address")} left, of ${figure(plan.usable)}`);
      if (used > plan.need)
        notes.fault(
          `${name} uses ${counted(used, "address")}, the plan counts with ${figure(plan.need)} at most`,
        );
      notes.seen(`${name}: ${figure(left)} of ${figure(plan.usable)} left, ${figure(plan.need)} planned`);
    }
    return notes.outcome();
  },
};

const interfaceList = z.object({
  NetworkInterfaces: z.array(
    z.object({
      SubnetId: z.string(),
      PrivateIpAddresses: z.array(z.object({ PrivateIpAddress: z.string() })).catch([]),
      Ipv4Prefixes: z.array(z.object({ Ipv4Prefix: z.string() })).catch([]),
    }),
  ),
});

const subnetPrefixes: LiveCheck = {
  id: "SUBNET-PREFIXES",
  group: "addresses",
  proves: "each subnet that pods get prefixes from has whole /28 blocks for one more node",
  asks: ["aws ec2 describe-subnets", "aws ec2 describe-network-interfaces"],
  offline: "capacity (prefixes)",
  applies: ({ capacity, family }) => usesPrefixes(capacity.mode) && family === "ipv4",
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const live = liveSubnets(notes, target);
    if (live === undefined) return notes.outcome();
    const { zones } = capacityReport(target.capacity);
    const tier = target.subnets.has("pods") ? "pods" : "nodes";
    for (const { zone, cidr, there } of planned(target, live).filter((each) => each.tier === tier)) {
      if (there === undefined) continue;
      const found = notes.aws(
        interfaceList,
        ...["ec2", "describe-network-interfaces"],
        ...["--filters", `Name=subnet-id,Values=${there.SubnetId}`],
      );
      if (found === undefined) continue;
      const taken = found.NetworkInterfaces.flatMap(({ PrivateIpAddresses, Ipv4Prefixes }) => [
        ...PrivateIpAddresses.map((each) => each.PrivateIpAddress),
        ...Ipv4Prefixes.map((each) => each.Ipv4Prefix),
      ]);
      const free = freeBlocks(cidr, taken);
      const pods = zones.find((each) => each.zone === zone)?.podsPerNode ?? 0;
      const wanted = prefixesForPods(pods);
      const name = `${tier} subnet of ${zone} (${formatCidr(cidr)})`;
      const stranded = there.AvailableIpAddressCount - 16 * free;
      if (free < wanted)
        notes.fault(
          `${name} has ${counted(free, "whole /28 block")} left, and a node needs ${wanted}; ${counted(there.AvailableIpAddressCount, "address")} are free, scattered`,
        );
      else
        notes.seen(
          `${name}: ${counted(free, "whole /28 block")}, ${figure(Math.max(stranded, 0))} free addresses outside of them`,
        );
    }
    return notes.outcome();
  },
};

const ELB_TAGS = { public: "kubernetes.io/role/elb", nodes: "kubernetes.io/role/internal-elb" } as const;

const balancerSubnets: LiveCheck = {
  id: "LB-SUBNETS",
  group: "load balancers",
  proves:
    "load balancers find subnets by their tags, in two zones or more, with the addresses that they need",
  asks: ["aws ec2 describe-subnets"],
  offline: "tags of the network stack",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const live = liveSubnets(notes, target);
    if (live === undefined) return notes.outcome();
    for (const tier of ["public", "nodes"] as const) {
      const cidrs = [...(target.subnets.get(tier)?.values() ?? [])].map(formatCidr);
      if (cidrs.length === 0) continue;
      const own = live.filter(({ CidrBlock }) => cidrs.includes(CidrBlock));
      const tag = ELB_TAGS[tier];
      const tagged = own.filter(({ Tags }) => Tags.some(({ Key, Value }) => Key === tag && Value !== "0"));
      if (tagged.length < 2)
        notes.fault(
          `${tagged.length} of ${own.length} ${tier} subnets have the tag ${tag}; a load balancer needs two zones`,
        );
      for (const { CidrBlock, AvailableIpAddressCount: left } of tagged)
        if (left < loadBalancerAddresses.freePerSubnet)
          notes.fault(
            `${CidrBlock} has ${counted(left, "address")} left; a load balancer needs ${loadBalancerAddresses.freePerSubnet}`,
          );
      notes.seen(`${tier}: ${tagged.length} subnets with ${tag}`);
    }
    return notes.outcome();
  },
};

export const addressChecks = [subnetAddresses, subnetPrefixes, balancerSubnets];
