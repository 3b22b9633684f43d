import { poolsOf } from "../../model/karpenter-pools";
import { formatCidr, overlaps } from "../../ip-capacity/cidr";
import type { TargetConfig } from "../../config/schema/target";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

/** BGP and egress gateway: what each way of giving addresses can't do, and selections that select nothing. */
export const ciliumRoutingCheck: TargetCheck = (target) => [
  ...bgpFindings(target),
  ...egressGatewayFindings(target),
];

function bgpFindings({ config, vpcCidrs }: Target): Finding[] {
  const { cni } = config;
  if (!("bgp" in cni) || cni.bgp === undefined) return [];
  const { advertise, nodes } = cni.bgp;
  const services = advertise.services.flatMap((range, index): Finding[] => {
    const taken = vpcCidrs.find((each) => overlaps(range, each));
    return taken
      ? [
          {
            path: ["cni", "bgp", "advertise", "services", index],
            value: formatCidr(range),
            message: `is within the VPC's ${formatCidr(taken)}, whose addresses EC2 gives out; write a range outside it`,
            related: [["network", "vpcCidr"]],
          },
        ]
      : [];
  });
  const pods: Finding[] =
    advertise.pods && cni.kind === "cilium-eni"
      ? [
          {
            path: ["cni", "bgp", "advertise", "pods"],
            message:
              "needs each node to have a block of pod addresses, and with cilium-eni pods have addresses of the VPC, which routes them itself; remove it, or write cni.kind: cilium-overlay",
            related: [["cni", "kind"]],
          },
        ]
      : [];
  return [...services, ...pods, ...(nodes ? nodeFindings(config, ["cni", "bgp", "nodes"], nodes) : [])];
}

function egressGatewayFindings(target: Target): Finding[] {
  const { cni } = target.config;
  if (!("egressGateway" in cni) || cni.egressGateway === undefined) return [];
  return Object.entries(cni.egressGateway.policies).flatMap(([name, policy]) => {
    const path: ConfigPath = ["cni", "egressGateway", "policies", name];
    return [
      ...policy.namespaces.flatMap((namespace, index) =>
        namespaceFindings(target, [...path, "namespaces", index], namespace),
      ),
      ...nodeFindings(target.config, [...path, "nodes"], policy.nodes),
    ];
  });
}

function namespaceFindings(
  { policies, platformNamespaces, namespaces }: Target,
  path: ConfigPath,
  namespace: string,
): Finding[] {
  if (policies === undefined || platformNamespaces.includes(namespace)) return [];
  if (namespaces[namespace] !== undefined) return [];
  return [
    { path, message: "is not a namespace of this target; declare it under namespaces, or correct the name" },
  ];
}

/** Keys of labels that kubelet, EKS and Karpenter give to nodes, which no config names. */
const GIVEN_LABEL = /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|karpenter\.sh|k8s\.aws)\//;

/** Nodes are those of managed groups and of Karpenter's pools; labels that none has select nothing. */
function nodeFindings(
  config: TargetConfig,
  path: ConfigPath,
  wanted: Readonly<Record<string, string>>,
): Finding[] {
  const groups = [...Object.values(config.nodes), ...Object.values(poolsOf(config))];
  const own = Object.entries(wanted).filter(([key]) => !GIVEN_LABEL.test(key));
  const has = groups.some(({ labels }) => own.every(([key, value]) => labels[key] === value));
  const [first] = own;
  if (has || first === undefined) return [];
  const [key, value] = first;
  const message = `selects no nodes: no group and no pool has these labels; add ${key}: ${value} to nodes.<group>.labels`;
  return [{ path, message, related: [["nodes"]] }];
}
