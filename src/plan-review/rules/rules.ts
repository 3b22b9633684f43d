import type { Impact } from "../model/impact";

export interface RuleText {
  /** What it finds, for lists and for SARIF. */
  readonly title: string;
  /** Of the finding, unless the rule says otherwise for one case. */
  readonly impact: Impact;
  readonly why: string;
}

/** Ids are stable for ever. docs/plan-review.md lists them. */
export const rules = {
  "EKS-CLUSTER-LOST": {
    title: "Replaces or deletes the cluster",
    impact: "irreversible",
    why: "The API server, etcd with all Kubernetes objects, the endpoint and the OIDC issuer go; workloads stop.",
  },
  "EKS-VERSION": {
    title: "Upgrades Kubernetes",
    impact: "irreversible",
    why: "Removed APIs stop working, and a control plane can go back only for a while.",
  },
  "EKS-ENDPOINT": {
    title: "Opens the Kubernetes API",
    impact: "security",
    why: "Whoever reaches the API server can try out credentials and its flaws.",
  },
  "EKS-ENDPOINT-CLOSED": {
    title: "Closes a way to the Kubernetes API",
    impact: "disruption",
    why: "Pipelines and people who came that way lose access.",
  },
  "EKS-LOGGING": {
    title: "Turns off control plane logs",
    impact: "security",
    why: "What happens from then on is not recorded and can't be looked up later.",
  },
  "EKS-PROTECTION": {
    title: "Removes the protection of the cluster",
    impact: "security",
    why: "One wrong call, or the next plan, can then delete it.",
  },
  "EKS-ACCESS": {
    title: "Gives a principal access to the cluster",
    impact: "security",
    why: "It can do in the cluster what its access policy or its groups allow.",
  },
  "EKS-ACCESS-LOST": {
    title: "Takes access to the cluster away",
    impact: "disruption",
    why: "Whoever came in through it is locked out.",
  },
  "NODES-ROLL": {
    title: "Rolls a node group",
    impact: "disruption",
    why: "Every node is drained and replaced: each pod on it moves once, as its disruption budget allows.",
  },
  "NODES-LOST": {
    title: "Replaces or deletes a node group",
    impact: "disruption",
    why: "EKS drains all its nodes at once. Pods need room elsewhere, and what is on the nodes' own disks is lost.",
  },
  "NODES-SYSTEM": {
    title: "Moves nodes to another operating system",
    impact: "irreversible",
    why: "Every node is a different machine: another way to log in, other agents, other settings; what is on the old one's disk is lost.",
  },
  "NODES-LABELS": {
    title: "Changes labels or taints of running nodes",
    impact: "disruption",
    why: "Pods that ask for the old label, or do not tolerate the new taint, find no node when they next start.",
  },
  "NODES-FEWER": {
    title: "Shrinks a node group",
    impact: "disruption",
    why: "Pods of the nodes that go need room on those that stay.",
  },
  "NODES-SIZE-REFUSED": {
    title: "Gives a node group bounds that exclude its size",
    impact: "disruption",
    why: "The autoscaler sets the size and Terraform keeps it; AWS accepts no minimum above it and no maximum below it, so the apply stops halfway.",
  },
  "CNI-RESTART": {
    title: "Restarts the CNI on every node",
    impact: "disruption",
    why: "While its agent restarts, no pod starts or stops on a node, and policies and addresses are not updated.",
  },
  "CNI-SWITCHED": {
    title: "Switches how pods get their network",
    impact: "irreversible",
    why: "Pods keep the network that they started with: each is without one until its node is replaced, and going back costs the same again.",
  },
  "CNI-LOST": {
    title: "Removes the CNI",
    impact: "disruption",
    why: "New pods get no address, and nodes become NotReady.",
  },
  "NODE-AGENT-RESTART": {
    title: "Restarts an agent on every node",
    impact: "disruption",
    why: "What it does on the node stops until it is back.",
  },
  "ADDON-CHANGED": {
    title: "Changes an add-on",
    impact: "disruption",
    why: "EKS rolls its pods, one after another.",
  },
  "HELM-UPGRADE": {
    title: "Upgrades a Helm release",
    impact: "disruption",
    why: "Workloads of the chart whose pods change are rolled; a chart may change more than its version suggests.",
  },
  "HELM-DOWNGRADE": {
    title: "Downgrades a Helm release",
    impact: "disruption",
    why: "The older version may not read what the newer one has written; Helm leaves newer CRDs where they are.",
  },
  "HELM-LOST": {
    title: "Replaces or uninstalls a Helm release",
    impact: "disruption",
    why: "What the chart runs stops. Custom resources go, too, where the chart owns their definitions.",
  },
  "MANIFESTS-CHANGED": {
    title: "Changes Kubernetes objects",
    impact: "disruption",
    why: "Helm applies it at once to the running cluster.",
  },
  "MANIFESTS-DATA": {
    title: "Deletes Kubernetes objects that hold data or other objects",
    impact: "irreversible",
    why: "A namespace, a custom resource definition or a volume claim takes everything in it with it.",
  },
  "SG-OPENED": {
    title: "Opens a port",
    impact: "security",
    why: "Whoever is named can then reach what listens there.",
  },
  "SG-CLOSED": {
    title: "Closes a port",
    impact: "disruption",
    why: "Connections through it stop.",
  },
  "NET-OPENED": {
    title: "Opens the network",
    impact: "security",
    why: "Addresses outside get a way in, or addresses inside a way out.",
  },
  "IAM-WIDENED": {
    title: "Widens a policy",
    impact: "security",
    why: "Its holders can then do more, on more, or under fewer conditions.",
  },
  "IAM-NARROWED": {
    title: "Narrows a policy",
    impact: "disruption",
    why: "Calls that worked are denied.",
  },
  "IAM-ATTACHED": {
    title: "Gives a role one more policy",
    impact: "security",
    why: "Its holders can then do what that policy allows.",
  },
  "IAM-IDENTITY": {
    title: "Gives pods an IAM role",
    impact: "security",
    why: "Every pod of that service account can then do what the role allows.",
  },
  "IAM-LOST": {
    title: "Removes a role or policy",
    impact: "disruption",
    why: "Whoever works with it is denied.",
  },
  "DATA-LOST": {
    title: "Deletes data",
    impact: "irreversible",
    why: "What is stored in it is gone; applying the old commit makes an empty one.",
  },
  "DATA-EXPIRES": {
    title: "Keeps data for a shorter time",
    impact: "irreversible",
    why: "What is older is deleted, and a longer time does not bring it back.",
  },
  "DATA-UNPROTECTED": {
    title: "Removes a protection of data",
    impact: "security",
    why: "More people can read it, or it is easier to lose.",
  },
  "ADDRESS-LOST": {
    title: "Gives up a public address",
    impact: "irreversible",
    why: "Others have it in their allow lists, and AWS does not give it back.",
  },
  "NET-REBUILD": {
    title: "Rebuilds the VPC",
    impact: "irreversible",
    why: "AWS can't change a VPC's range in place. Everything in it goes first, and AWS refuses to delete a VPC that is not empty: make a second target beside this one, move, then destroy this one.",
  },
  "NET-MOVED": {
    title: "Moves a subnet or a range of addresses",
    impact: "irreversible",
    why: "All interfaces in it must go first: nodes, pods, load balancers, endpoints, the control plane's own. AWS refuses as long as one is there, so the apply stops halfway.",
  },
  "NET-ROUTE": {
    title: "Changes the path of packets",
    impact: "disruption",
    why: "Traffic stops, or takes another way and another source address.",
  },
  "ALARM-LOST": {
    title: "Removes an alarm",
    impact: "disruption",
    why: "Nobody is told when what it watched goes wrong; nothing else stops.",
  },
  "RECORD-LOST": {
    title: "Stops recording",
    impact: "security",
    why: "What happens from then on can't be looked up later.",
  },
  REPLACED: {
    title: "Replaces a resource",
    impact: "disruption",
    why: "The old one goes: whatever refers to it by id or address must follow.",
  },
  DELETED: { title: "Deletes a resource", impact: "disruption", why: "Whatever uses it stops working." },
  FORGOTTEN: {
    title: "Lets a resource out of Terraform's hands",
    impact: "disruption",
    why: "It stays in the account, costs money, and nobody maintains it.",
  },
  "UNKNOWN-ACTION": {
    title: "Does something that this version does not know",
    impact: "irreversible",
    why: "What is not understood is not assumed to be harmless.",
  },
  DRIFT: {
    title: "Was changed outside Terraform",
    impact: "security",
    why: "Somebody changed it by hand or with another tool, and nobody reviewed that.",
  },
  "REVIEW-FAULT": {
    title: "A rule of the review failed",
    impact: "security",
    why: "What it would have found is not known.",
  },
} satisfies Record<string, RuleText>;

export type RuleId = keyof typeof rules;

export const ruleIds = Object.keys(rules).filter((id): id is RuleId => id in rules);
