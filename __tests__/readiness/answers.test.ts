import { readiness, type ReadinessReport } from "../../src/readiness/readiness";
import { judge, targetInventory } from "../../src/synth/guard-targets";
import { aTarget } from "../support/fixtures";
function report(yaml: string): ReadinessReport {
  const target = aTarget(yaml, { environment: "prod" });
  const inventory = targetInventory(target);
  const asOf = () => "2026-11-21";
  return readiness({ target, inventory, findings: judge(target, inventory, asOf).findings, asOf });
}

type Answer = readonly [item: string, status: string, says: string, firstPlace?: string];
// What a reader is told, and the first place that shows it.
const answers: readonly (readonly [name: string, yaml: string, told: readonly Answer[]])[] = [
  [
    "as it is",
    "",
    [
      [
        "networking 1",
        "not met",
        "what is planned fits, but no growth is planned; write capacity.growth",
        "base.yaml:7",
      ],
      ["networking 2", "met", "3 zones, 3 wanted", "base.yaml:8"],
      [
        "networking 3",
        "met",
        "for NAT gateways and internet-facing load balancers; no node is in them",
        "prod-us-east-1-network/aws_subnet.network_public-us-east-1a",
      ],
      [
        "networking 4",
        "not decidable before apply",
        "the plan fits; the measurement itself is live: who looks at free addresses, where and at what level they act; write decisions.capacity-measurement",
      ],
      [
        "networking 5",
        "met",
        "role tags on all of them",
        "prod-us-east-1-network/aws_subnet.network_public-us-east-1a",
      ],
      [
        "networking 6",
        "met",
        "5 tables",
        "prod-us-east-1-network/aws_route_table.network_routes-control-plane",
      ],
      [
        "networking 7",
        "decision needed",
        "network ACLs of your own: what they are for and which return traffic they let through; write decisions.network-acls",
        "prod-us-east-1-network/aws_network_acl.network-acls_public",
      ],
      [
        "networking 8",
        "met",
        "egress nat-per-zone",
        "prod-us-east-1-network/aws_nat_gateway.network_nat_us-east-1a",
      ],
      [
        "networking 9",
        "met",
        "16 endpoints, set standard",
        'prod-us-east-1-network/module.endpoints_endpoints.aws_vpc_endpoint.this["s3"]',
      ],
      ["networking 10", "met", "release 2026.11", "prod-us-east-1-cni/helm_release.cilium_cilium_release"],
      [
        "networking 11",
        "met",
        "by Pod Identity, not by the node's role",
        "prod-us-east-1-cni/module.cilium_operator_identity",
      ],
      [
        "networking 12",
        "decision needed",
        "how many free addresses or prefixes a node keeps, and why; write decisions.cni-warm-addresses",
      ],
      [
        "networking 13",
        "decision needed",
        "prefixes are on: whether that is meant; write decisions.cni-prefixes",
      ],
      [
        "networking 14",
        "met",
        "set in every group's user data",
        "prod-us-east-1-nodes/module.main_group.aws_launch_template.this[0]",
      ],
      ["networking 15", "met", "every type takes the pods that are planned for it", "base.yaml:11"],
      [
        "networking 16",
        "met",
        "room for prefixes is reserved",
        "prod-us-east-1-network/aws_ec2_subnet_cidr_reservation.prefixes_us-east-1a-10-0-20-0-22",
      ],
      [
        "networking 17",
        "decision needed",
        "pods share the nodes' subnets: whether that is meant; write decisions.custom-networking",
      ],
      [
        "networking 18",
        "met",
        "no range of addresses is admitted to all their ports",
        'prod-us-east-1-cluster/module.cluster_eks.aws_security_group_rule.node["ingress_self_all"]',
      ],
      ["networking 19", "met", "none has", "base.yaml:9"],
      [
        "networking 20",
        "not decidable before apply",
        "only traffic in a live cluster can show it: which test sends what must not get through, and how often; write decisions.policy-tests",
        "prod-us-east-1-cni/helm_release.cilium_cilium_release",
      ],
      ["networking 21", "not met", "the target makes no namespaces and no policies"],
      [
        "networking 22",
        "decision needed",
        "what limits where pods connect: policy by name, proxy or firewall; write decisions.egress-controls",
      ],
      ["networking 23", "met", "of all traffic", "prod-us-east-1-network/aws_flow_log.flow-logs_flow-log"],
      [
        "networking 24",
        "decision needed",
        "which team makes which load balancers and is responsible for them; write decisions.load-balancer-owners",
      ],
      ["networking 25", "not met", "it is not installed"],
      [
        "networking 26",
        "met",
        "one subnet of each kind in each zone has the tag",
        "prod-us-east-1-network/aws_subnet.network_public-us-east-1a",
      ],
      [
        "networking 27",
        "decision needed",
        "which path target groups request, and that it is the readiness probe's; write decisions.load-balancer-health",
      ],
      [
        "networking 28",
        "met",
        "3 replicas or more, with requests",
        "prod-us-east-1-nodes/aws_eks_addon.coredns_addon",
      ],
      [
        "networking 29",
        "decision needed",
        "which private zones the VPC is to resolve, or that there are none; write decisions.private-zones",
      ],
      [
        "networking 30",
        "decision needed",
        "where the runbook is and whom to call; write decisions.dns-incidents",
      ],
      ["enterprise 1", "not met", "pods share the nodes' subnets", "base.yaml:9"],
      ["enterprise 2", "met", "role tags", "prod-us-east-1-network/aws_subnet.network_public-us-east-1a"],
      ["enterprise 3", "not met", "pods share the nodes' subnets", "base.yaml:9"],
      ["enterprise 4", "met", "private", "prod-us-east-1-cluster/module.cluster_eks.aws_eks_cluster.this[0]"],
      [
        "enterprise 5",
        "decision needed",
        "which workloads reach managed services, and what admits them there; write decisions.pod-security-groups",
      ],
      ["enterprise 6", "not met", "the target makes no namespaces and no policies"],
      [
        "enterprise 7",
        "met",
        "3 replicas, a Corefile of its own",
        "prod-us-east-1-nodes/aws_eks_addon.coredns_addon",
      ],
      ["enterprise 8", "not met", "it is not installed"],
      [
        "enterprise 9",
        "not met",
        "of all traffic, to CloudWatch Logs and not to S3",
        "prod-us-east-1-network/aws_flow_log.flow-logs_flow-log",
      ],
      ["enterprise 10", "not met", "there is no mesh"],
      [
        "enterprise 11",
        "met",
        "Cilium takes its place",
        "prod-us-east-1-cni/helm_release.cilium_cilium_release",
      ],
      ["enterprise 12", "met", "3 resources", "prod-us-east-1-network/aws_network_acl.network-acls_public"],
      ["enterprise 13", "met", "every group takes the pods that are planned for it", "base.yaml:9"],
      [
        "enterprise 14",
        "decision needed",
        "the family of a cluster can't be changed later: whether IPv4 is meant; write decisions.ipv6",
      ],
    ],
  ],
  [
    "with the VPC CNI",
    "cni: { kind: vpc-cni, addressMode: secondary-ip, kubeProxy: { kind: nftables } }\nnodes: { main: { maxPods: ami-default } }",
    [
      [
        "networking 13",
        "decision needed",
        "prefixes are off: whether that is meant; write decisions.cni-prefixes",
      ],
      ["networking 14", "not met", "left to the AMI", "target.yaml:2"],
      ["networking 16", "met", "no prefixes are taken from subnets", "target.yaml:1"],
      ["enterprise 3", "not met", "no prefixes; pods share the nodes' subnets", "target.yaml:1"],
      ["enterprise 11", "met", "nftables, which finds a Service as fast as IPVS does", "target.yaml:1"],
    ],
  ],
  [
    "without egress",
    "network: { egress: { kind: none }, endpoints: { set: isolated } }",
    [
      ["networking 3", "met", "there are none", "target.yaml:1"],
      [
        "networking 6",
        "met",
        "4 tables",
        "prod-us-east-1-network/aws_route_table.network_routes-control-plane",
      ],
      ["networking 8", "met", "egress none", "target.yaml:1"],
      ["networking 9", "met", "19 endpoints, set isolated", "target.yaml:1"],
      ["networking 22", "met", "there is no way to the internet", "target.yaml:1"],
      ["enterprise 12", "met", "2 resources", "prod-us-east-1-network/aws_network_acl.network-acls_nodes"],
    ],
  ],
  [
    "with one NAT gateway",
    "network: { egress: { kind: nat-single, reason: saves money in a trial }, endpoints: { set: gateway-only } }",
    [
      ["networking 8", "not met", "one NAT gateway for all zones", "target.yaml:1"],
      ["networking 9", "met", "1 endpoint, set gateway-only", "target.yaml:1"],
      [
        "enterprise 1",
        "not met",
        "pods share the nodes' subnets; one NAT gateway for all zones",
        "target.yaml:1",
      ],
    ],
  ],
  [
    "with pods apart",
    "network: { subnets: { pods: { prefix: 19 } }, flowLogs: { kind: s3 } }\ncni: { kind: cilium-eni, prefixDelegation: true }",
    [
      ["networking 17", "met", "pods have subnets of their own", "target.yaml:1"],
      ["enterprise 1", "met", "a NAT gateway in each zone; no on-premises ranges are named", "target.yaml:1"],
      ["enterprise 3", "met", "prefixes, from subnets of the pods' own", "target.yaml:2"],
      [
        "enterprise 9",
        "met",
        "to S3, read with Athena",
        "prod-us-east-1-network/aws_flow_log.flow-logs_flow-log",
      ],
    ],
  ],
  [
    "with namespaces, load balancers and a mesh",
    "ingress: {}\nmesh: { kind: istio, id: acme, trustDomain: acme.internal }\nnamespaces: { shop: {} }",
    [
      [
        "networking 21",
        "met",
        "every namespace that is made here",
        "prod-us-east-1-policies/kubernetes_namespace_v1.namespace-shop_namespace",
      ],
      [
        "networking 25",
        "met",
        "chart at the release's version, identity of its own",
        "prod-us-east-1-ingress/helm_release.aws-load-balancer-controller_helm_release",
      ],
      [
        "enterprise 6",
        "met",
        "every namespace that is made here",
        "prod-us-east-1-policies/kubernetes_namespace_v1.namespace-shop_namespace",
      ],
      [
        "enterprise 8",
        "met",
        "defaultTargetType is ip",
        "prod-us-east-1-ingress/helm_release.aws-load-balancer-controller_helm_release",
      ],
      [
        "enterprise 10",
        "met",
        "mode STRICT",
        "prod-us-east-1-mesh/helm_release.istio_mesh-policies_helm_release#mtls",
      ],
    ],
  ],
];

test.each(answers)("a production target %s is judged with its reasons and places", (_name, yaml, told) => {
  const { items } = report(yaml);
  const of = ([item, , , place]: Answer) => {
    const found = items.find(({ list, number }) => `${list} ${number}` === item);
    return [item, found?.status, found?.says, ...(place === undefined ? [] : [found?.evidence[0]])];
  };

  expect(told.map(of)).toEqual(told);
});
