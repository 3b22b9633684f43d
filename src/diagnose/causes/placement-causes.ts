import type { Cause } from "./cause";

const DESCRIBE = "kubectl describe pod POD -n NAMESPACE";

/** Pods that no node takes, or that are never made, and nodes that never come. */
export const placementCauses = [
  {
    id: "no-tolerated-node",
    title: "Every node has a taint that the pod does not tolerate",
    keys: ["workloads.*.placement.tolerations", "nodes.*.taints", "karpenter.pools.*.taints"],
    mend: "tolerate the taint, or have nodes without it",
    confirm: DESCRIBE,
  },
  {
    id: "placement-unmet",
    title: "No node meets the pod's selectors, affinities or spread",
    keys: ["workloads.*.placement.nodeLabels", "workloads.*.placement.zones", "karpenter.pools.*.labels"],
    mend: "ask for labels that nodes have, or give a pool the labels",
    confirm: DESCRIBE,
  },
  {
    id: "volume-zone",
    title: "The pod's volume is in a zone in which no node has room",
    keys: ["karpenter.pools.*.zones", "nodes.*.zones"],
    mend: "let nodes of the volume's zone take the pod; an EBS volume never leaves its zone",
    confirm: "kubectl get pv -o custom-columns=PV:.metadata.name,ZONE:.spec.nodeAffinity",
  },
  {
    id: "requests-too-large",
    title: "No node has as much left as the pod requests",
    keys: ["workloads.*.resources", "nodes.*.size", "nodes.*.instanceTypes", "karpenter.pools.*.limits"],
    mend: "request less, or have larger or more nodes",
    confirm: "kubectl describe nodes",
  },
  {
    id: "quota-reached",
    title: "A quota or limit of the namespace keeps pods from being made",
    keys: ["namespaces.*.quota", "namespaces.*.limits", "workloads.*.resources"],
    mend: "raise the quota, or state requests and limits that fit into it",
    confirm: "kubectl describe quota -n NAMESPACE",
  },
  {
    id: "karpenter-no-type",
    title: "Karpenter knows no instance type that fits the pod",
    keys: [
      "karpenter.pools.*.instanceTypes",
      "karpenter.pools.*.categories",
      "karpenter.pools.*.vcpus",
      "karpenter.pools.*.labels",
      "workloads.*.placement.nodeLabels",
    ],
    mend: "widen what a pool may launch, or narrow what the pod asks for",
    confirm: "kubectl -n kube-system logs deploy/karpenter --tail=200",
  },
  {
    id: "karpenter-limits",
    title: "Karpenter's pool is at its limit",
    keys: ["karpenter.pools.*.limits"],
    mend: "raise the pool's limits",
    confirm: "kubectl get nodepools -o yaml",
  },
  {
    id: "karpenter-no-capacity",
    title: "EC2 has none of the instance types that Karpenter asks for",
    keys: ["karpenter.pools.*.instanceTypes", "karpenter.pools.*.capacity", "karpenter.pools.*.zones"],
    mend: "allow more types, zones or both kinds of capacity; a vCPU quota is raised with AWS",
    confirm: "kubectl get events -A --field-selector reason=InsufficientCapacityError",
  },
  {
    id: "karpenter-node-class",
    title: "Karpenter's node class finds no subnets, security groups or AMI",
    keys: ["karpenter.classes.*.ami", "network.subnets.nodes", "network.existing.subnets"],
    mend: "apply the stacks again, so that subnets and groups carry their tags; name an AMI that exists",
    confirm: "kubectl describe ec2nodeclasses",
  },
  {
    id: "node-not-joined",
    title: "Nodes start and never join the cluster",
    keys: ["cluster.access", "cluster.securityGroupRules", "network.egress", "network.endpoints.set"],
    mend: "give nodes an access entry, a way to the API server, and to EC2, ECR and S3",
    confirm: "aws ec2 get-console-output --instance-id INSTANCE --latest --output text",
  },
  {
    id: "cni-not-running",
    title: "The CNI does not run on a node, and its pods have no network",
    keys: ["cni.kind", "versions"],
    mend: "mend what keeps the CNI's pod from starting; apply the cni stack before nodes",
    confirm: "kubectl -n kube-system get pods -o wide",
  },
] as const satisfies readonly Cause[];
