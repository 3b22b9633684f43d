import type { Cause } from "./cause";

/** Traffic that arrives nowhere, or from some places only. */
export const trafficCauses = [
  {
    id: "endpoints-missing",
    title: "A Service has fewer ready pods behind it than it should, or none",
    keys: ["workloads.*.probes.ready", "workloads.*.probes.port", "workloads.*.ports"],
    mend: "have the probe ask a port and path that answer, and the Service select the pods' labels",
    confirm: "kubectl get endpointslice -n NAMESPACE -o wide",
  },
  {
    id: "node-dataplane",
    title: "One node's network does not work, though others' does",
    keys: ["cni.kind", "cni.kubeProxy"],
    mend: "restart the CNI's or kube-proxy's pod of that node, or drain and replace it",
    confirm: "kubectl get pods -A -o wide --field-selector spec.nodeName=NODE",
  },
  {
    id: "zone-path",
    title: "A route or network ACL of one subnet stops traffic",
    keys: ["network.egress", "network.networkAcls", "network.existing.routeTables"],
    mend: "bring routes and ACLs of all zones to what the stacks say; npx octarine reachability shows the way hop by hop",
    confirm: "aws ec2 describe-route-tables --filters Name=vpc-id,Values=VPC",
  },
  {
    id: "node-security-group",
    title: "Security groups let nodes reach some nodes or ports only",
    keys: ["cluster.securityGroups", "cluster.securityGroupRules.nodes"],
    mend: "let all nodes share one group that lets itself in",
    confirm: "aws ec2 describe-security-group-rules --filters Name=group-id,Values=GROUP",
  },
  {
    id: "policy-blocks",
    title: "A network policy denies the traffic",
    keys: ["workloads.*.callers", "workloads.*.dependencies", "namespaces.*.allow"],
    mend: "declare the caller or the dependency; npx octarine reachability says what to write",
    confirm: "hubble observe --verdict DROPPED --last 100",
  },
  {
    id: "load-balancer-subnets",
    title: "The load balancer's controller finds no subnets for it",
    keys: ["network.subnets.public", "network.existing.subnets", "workloads.*.service"],
    mend: "tag subnets (kubernetes.io/role/elb, internal-elb) in two zones; the network stack does so for its own",
    confirm:
      "aws ec2 describe-subnets --filters Name=vpc-id,Values=VPC --query 'Subnets[*].{SubnetId:SubnetId,Tags:Tags,AZ:AvailabilityZone}'",
  },
  {
    id: "targets-unhealthy",
    title: "The load balancer's health checks fail",
    keys: ["workloads.*.probes.ready", "workloads.*.traffic.ingress", "cluster.securityGroupRules.nodes"],
    mend: "have the check ask a path that answers 200 without a login, on a port that the load balancer may reach",
    confirm: "aws elbv2 describe-target-health --target-group-arn ARN",
  },
  {
    id: "webhook-overlay",
    title: "The API server calls a webhook whose pod has an address of the overlay",
    keys: ["cni.kind", "cni.routing"],
    mend: "run the webhook on the host network or on a node group that the control plane reaches: EKS has no way into an overlay",
    confirm: "kubectl get pods -n NAMESPACE -o wide",
  },
  {
    id: "webhook-down",
    title: "A webhook does not answer, and what it judges is refused",
    keys: ["cluster.securityGroupRules.nodes", "namespaces.*.allow"],
    mend: "get its pods running and reachable from the control plane on their own port",
    confirm: "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations",
  },
  {
    id: "mesh-not-federated",
    title: "Another cluster of the mesh is not read",
    keys: ["mesh.peers", "mesh.readerToken", "mesh.eastWestGateway", "network.connections.peers"],
    mend: "apply the mesh and federation stacks of both sides; check the route and the token",
    confirm: "istioctl remote-clusters",
  },
] as const satisfies readonly Cause[];
