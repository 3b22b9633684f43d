import type { Impact } from "../../src/plan-review/model/impact";

/** One change of a config, what is true of it, and what a review has to say. */
export interface Change {
  readonly name: string;
  readonly target: "cilium/us-east-1" | "vpc-cni/us-east-1";
  /** Values by path, as in `octarine config explain`; `undefined` takes the key away. A file is the target's own. */
  readonly edits: readonly Edit[];
  /** What an engineer who knows the platform would say. */
  readonly truth: string;
  /** What the review comes to, in doubt or not. */
  readonly comesTo: Impact | "nothing";
  /** The rule that the first finding has. */
  readonly first?: string;
  /** What the Markdown of the review has to match, and what it may not. */
  readonly says?: readonly RegExp[];
  readonly silent?: readonly RegExp[];
  /** Refused with these words: by a precondition at plan, or by the check of the config. */
  readonly refused?: RegExp;
  /** What `octarine diff` comes to where it sees more than a plan: stacks that can't be planned yet. */
  readonly diff?: Pick<Change, "comesTo" | "first">;
  /** Stacks that can't be planned before another is applied. */
  readonly waits?: readonly string[];
}

interface Edit {
  readonly in: "platform" | "target";
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}

const own = (path: string, value?: unknown): Edit => ({ in: "target", path: path.split("."), value });
const shared = (path: string, value?: unknown): Edit => ({ in: "platform", path: path.split("."), value });

export const changes: readonly Change[] = [
  {
    name: "layer-taken-out",
    target: "cilium/us-east-1",
    edits: [shared("backup")],
    truth: "Velero, its bucket, key and roles stay in a state that no config makes any more",
    comesTo: "disruption",
  },
  {
    name: "zone-added",
    target: "cilium/us-east-1",
    edits: [
      own("network.zones", ["us-east-1a", "us-east-1b", "us-east-1c"]),
      // Without it the plan of the network is refused (src/modules/cluster/running-cluster.ts).
      own("network.controlPlaneZones", ["us-east-1a", "us-east-1b"]),
    ],
    truth:
      "the cluster keeps its zones, the network gets one more, and each group is replaced by one of three zones",
    comesTo: "routine",
    // EKS changes no group's subnets (CreateNodegroup has them, UpdateNodegroupConfig does not).
    diff: { comesTo: "disruption", first: "NODES-LOST" },
    waits: ["cilium-us-east-1-nodes"],
  },
  {
    name: "vpc-range",
    target: "cilium/us-east-1",
    edits: [own("network.vpcCidr", "10.41.0.0/16")],
    truth: "a rebuild: the VPC, and with it the cluster, its nodes and every load balancer",
    comesTo: "irreversible",
  },
  {
    name: "cni-switched",
    target: "cilium/us-east-1",
    edits: [own("cni", { kind: "vpc-cni", addressMode: "prefix" }), own("network.subnets")],
    truth: "every pod loses its network until its node is replaced",
    comesTo: "irreversible",
  },
  {
    name: "instance-type",
    target: "cilium/us-east-1",
    edits: [shared("nodes.main.instanceTypes", ["m7i.xlarge"])],
    truth: "EKS changes no group's types: its nodes are replaced by those of a new group",
    comesTo: "disruption",
    first: "NODES-LOST",
  },
  {
    name: "size",
    target: "cilium/us-east-1",
    edits: [shared("nodes.main.size", { min: 6, max: 12 })],
    truth:
      "three nodes more, which AWS refuses: the group runs at 3, and nothing but AWS's own calls raise that",
    comesTo: "disruption",
    first: "NODES-SIZE-REFUSED",
  },
  {
    name: "labels-and-taints",
    target: "cilium/us-east-1",
    edits: [
      shared("nodes.batch.labels", { workload: "batch", tier: "spare" }),
      shared("nodes.batch.taints", ["batch=true:NoSchedule"]),
    ],
    truth: "labels and taints of nodes that run; new pods without the toleration go elsewhere",
    comesTo: "disruption",
  },
  {
    name: "prefixes-off",
    target: "cilium/us-east-1",
    edits: [own("cni.prefixDelegation", false)],
    truth: "Cilium restarts on every node and nodes take far fewer pods (110 to 29 on an m7i.large)",
    comesTo: "irreversible",
  },
  {
    name: "endpoint-opened",
    target: "cilium/us-east-1",
    edits: [
      own("cluster.endpoint", {
        kind: "restricted-public",
        cidrs: ["203.0.113.0/24"],
        reason: "the office has no VPN",
      }),
    ],
    truth: "203.0.113.0/24 reaches the API server from the internet",
    comesTo: "security",
    first: "EKS-ENDPOINT",
  },
  {
    name: "retention",
    target: "cilium/us-east-1",
    edits: [own("cluster.logs.retentionDays", 30)],
    truth: "control-plane logs of more than 30 days are deleted and don't come back",
    comesTo: "irreversible",
    first: "DATA-EXPIRES",
  },
  {
    name: "ami-family",
    target: "cilium/us-east-1",
    // Without a generation the plan is refused (src/modules/nodes/made-of.ts).
    edits: [shared("nodes.main.ami", "bottlerocket"), shared("nodes.main.generation", 2)],
    truth:
      "the nodes of one group are replaced by another operating system: another way to log in, other user data",
    comesTo: "irreversible",
  },
  {
    name: "chart-up",
    target: "cilium/us-east-1",
    edits: [shared("versions.karpenter", { version: "1.15.0", reason: "tried in dev: PLAT-7" })],
    truth: "Karpenter restarts; it makes no node meanwhile",
    comesTo: "disruption",
    first: "HELM-UPGRADE",
  },
  {
    name: "chart-down",
    target: "cilium/us-east-1",
    edits: [shared("versions.karpenter", { version: "1.13.1", reason: "1.14 drifts our pool: PLAT-7" })],
    truth: "a downgrade: what the newer one wrote may not be read by the older",
    comesTo: "disruption",
    first: "HELM-DOWNGRADE",
    says: [/downgrade/i],
  },
  {
    name: "service-range",
    target: "cilium/us-east-1",
    edits: [own("cluster.serviceCidr", "172.21.0.0/16")],
    truth: "a new cluster: the range of services can't be changed",
    comesTo: "irreversible",
    first: "EKS-CLUSTER-LOST",
  },
  {
    name: "cluster-name",
    target: "cilium/us-east-1",
    edits: [own("cluster.name", "shop")],
    truth: "a new cluster",
    comesTo: "irreversible",
    first: "EKS-CLUSTER-LOST",
  },
  {
    name: "minor",
    target: "vpc-cni/us-east-1",
    edits: [own("versions.kubernetes", { version: "1.34", reason: "the next hop" })],
    truth: "the control plane is upgraded; EKS takes it back for seven days; nodes roll afterwards",
    comesTo: "irreversible",
    first: "EKS-VERSION",
  },
  {
    name: "deletion-protection",
    target: "cilium/us-east-1",
    edits: [own("cluster.deletionProtection", true)],
    truth: "EKS refuses to delete the cluster from now on",
    comesTo: "routine",
  },
  {
    name: "subnet-size",
    target: "cilium/us-east-1",
    edits: [own("network.subnets.pods.prefix", 20)],
    truth: "the subnets of the pods are replaced, which AWS refuses while a pod has an address there",
    comesTo: "irreversible",
  },
  {
    name: "nat-to-one",
    target: "cilium/us-east-1",
    edits: [own("network.egress", { kind: "nat-single" })],
    truth:
      "one zone's failure takes the way out of all zones, traffic between zones is paid; one address is given up",
    comesTo: "irreversible",
    says: [/one zone/i],
  },
  {
    name: "key-administrator",
    target: "cilium/us-east-1",
    edits: [shared("account.keyAdministrators", ["SecurityAdmin", "Auditor"])],
    truth: "one role more may administer every key",
    comesTo: "security",
    says: [/Auditor/],
    silent: [/SecurityAdmin/],
  },
  {
    name: "allow-and-statement",
    target: "cilium/us-east-1",
    edits: [
      own("namespaces.shop.allow", [
        { to: { cidr: "10.20.0.0/24", port: 3306 } },
        { to: { fqdn: "api.stripe.com", port: 443 } },
      ]),
      {
        in: "platform",
        path: ["workloads", "orders", "identity", "statements", 0, "actions"],
        value: ["s3:GetObject", "s3:PutObject"],
      },
    ],
    truth: "pods of shop may call one name; orders may write objects",
    comesTo: "security",
    says: [/api\.stripe\.com/, /PutObject/],
  },
  {
    name: "group-removed",
    target: "cilium/us-east-1",
    edits: [shared("nodes.batch")],
    truth: "the group's nodes go, with what only they could run",
    comesTo: "disruption",
    first: "NODES-LOST",
  },
  {
    name: "volume-and-access",
    target: "cilium/us-east-1",
    edits: [
      shared("nodes.main.rootVolumeGiB", 80),
      own("cluster.access", { auditors: { role: "Auditor", policy: "view" } }),
    ],
    truth: "a group rolls for a larger volume; one role more reads the cluster",
    comesTo: "security",
    says: [/Auditor/],
  },
  {
    name: "vpc-cni-mode",
    target: "vpc-cni/us-east-1",
    edits: [own("cni.addressMode", "secondary-ip")],
    truth:
      "the VPC CNI restarts on every node, and new nodes take far fewer pods (110 to 29 on an m7i.large)",
    comesTo: "irreversible",
  },
];
