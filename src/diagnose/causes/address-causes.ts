import type { Cause } from "./cause";

const SUBNETS =
  "aws ec2 describe-subnets --filters Name=vpc-id,Values=VPC --query 'Subnets[*].{SubnetId:SubnetId,AZ:AvailabilityZone,AvailableIpAddressCount:AvailableIpAddressCount}'";

/** Pods without an address, or without a place, although processors are free. */
export const addressCauses = [
  {
    id: "subnet-full",
    title: "A subnet has no addresses left",
    keys: ["network.subnets.pods", "network.subnets.nodes", "network.secondaryCidrs"],
    mend: "give pods a larger tier or a secondary range; npx octarine capacity says how large",
    confirm: SUBNETS,
  },
  {
    id: "prefixes-fragmented",
    title: "A subnet has addresses left, but no whole /28 for a prefix",
    keys: ["network.subnets.pods", "cni.addressMode", "cni.prefixDelegation"],
    mend: "give pods a tier of their own, whose addresses are reserved for prefixes",
    confirm: "aws ec2 get-subnet-cidr-reservations --subnet-id SUBNET",
  },
  {
    id: "node-address-limit",
    title: "A node has all the ENIs and addresses that its instance type may have",
    keys: ["nodes.*.instanceTypes", "nodes.*.maxPods", "karpenter.classes.*.maxPods", "cni.addressMode"],
    mend: "use larger types or prefixes, and let kubelet take no more pods than there are addresses; npx octarine pods says how many",
    confirm: "aws ec2 describe-network-interfaces --filters Name=attachment.instance-id,Values=INSTANCE",
  },
  {
    id: "warm-pool",
    title: "The CNI keeps too few addresses ready, and pods wait while EC2 is asked for more",
    keys: ["cni.warmIpTarget", "cni.minimumIpTarget", "cni.warmPrefixTarget"],
    mend: "keep a prefix ready (warmPrefixTarget: 1), or as many addresses as pods that start at once",
    confirm: "kubectl -n kube-system logs daemonset/aws-node -c aws-node --tail=200",
  },
  {
    id: "prefix-delegation-off",
    title: "Nodes are full by number of pods, since each address of an ENI is one pod's",
    keys: ["cni.addressMode", "cni.prefixDelegation"],
    mend: "turn prefix delegation on; new nodes then take 110 pods or 250",
    confirm: "kubectl -n kube-system get ds aws-node -o yaml",
  },
  {
    id: "smallest-type-limits",
    title: "Large nodes of a group take only as many pods as its smallest instance type",
    keys: ["nodes.*.instanceTypes", "nodes.*.maxPods"],
    mend: "keep types of one size in a group, or leave sizes to Karpenter",
    confirm:
      "kubectl get nodes -o custom-columns=NAME:.metadata.name,PODS:.status.allocatable.pods,TYPE:.metadata.labels.node\\.kubernetes\\.io/instance-type",
  },
  {
    id: "pod-eni-used-up",
    title: "Nodes have no branch ENI left for pods with security groups of their own",
    keys: ["cni.securityGroupsForPods", "workloads.*.securityGroups", "nodes.*.instanceTypes"],
    mend: "use types with more branch ENIs, or give fewer pods groups of their own",
    confirm: "kubectl describe node NODE",
  },
  {
    id: "overlay-share-full",
    title: "A node's share of the overlay's range is used up",
    keys: ["cni.nodeMask", "cni.podCidr", "nodes.*.maxPods"],
    mend: "give each node a larger share or the cluster a larger range; only new nodes take it",
    confirm: "kubectl -n kube-system exec ds/cilium -- cilium-dbg status --all-addresses",
  },
] as const satisfies readonly Cause[];
