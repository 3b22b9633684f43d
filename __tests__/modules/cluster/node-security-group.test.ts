import {
  type NodeRules,
  nodeSecurityGroupRules,
  type NodeTraffic,
} from "../../../src/modules/cluster/node-security-group";
import { literal } from "../../support/synth";

const eni: NodeTraffic = { podsOnEnis: true, wireguard: false, cilium: true, webhookPorts: {} };
const overlay: NodeTraffic = {
  podsOnEnis: false,
  tunnel: "geneve",
  wireguard: false,
  cilium: true,
  webhookPorts: {},
};

/** `from who: protocol ports`, as a reviewer would list them. */
function listed(rules: NodeRules): string[] {
  return Object.values(rules)
    .map((rule) => {
      const who = rule.self
        ? "nodes"
        : rule.source_cluster_security_group
          ? "control plane"
          : (literal(rule.cidr_blocks) ?? []).join();
      const ports = rule.from_port === rule.to_port ? rule.from_port : `${rule.from_port}/${rule.to_port}`;
      return `${rule.type ?? "ingress"} ${who}: ${rule.protocol} ${ports}`;
    })
    .sort();
}

const EGRESS = "egress 0.0.0.0/0: -1 0";
const KUBELET = "ingress nodes: tcp 10250";
const CILIUM = ["ingress nodes: icmp 8/0", "ingress nodes: tcp 4240", "ingress nodes: tcp 4244"];

// terraform-aws-modules/eks 21.11.0, node_groups.tf: between nodes there is DNS and TCP from 1025 on, and no other UDP,
// no ICMP, and no TCP below 1025.
describe("what nodes admit from each other, beside the module's own rules", () => {
  test.each<[string, NodeTraffic, string[]]>([
    // Secondary ENIs inherit the group: pods listen on any port, and UDP.
    ["pods on ENIs: everything", eni, ["ingress nodes: -1 0"]],
    ["the VPC CNI: everything", { ...eni, cilium: false }, ["ingress nodes: -1 0"]],
    [
      "pods on ENIs with WireGuard: everything, so nothing more",
      { ...eni, wireguard: true },
      ["ingress nodes: -1 0"],
    ],
    ["a Geneve overlay", overlay, ["ingress nodes: udp 6081", ...CILIUM, KUBELET]],
    ["a VXLAN overlay", { ...overlay, tunnel: "vxlan" }, ["ingress nodes: udp 8472", ...CILIUM, KUBELET]],
    [
      "an overlay with WireGuard",
      { ...overlay, wireguard: true },
      ["ingress nodes: udp 6081", "ingress nodes: udp 51871", ...CILIUM, KUBELET],
    ],
  ])("%s", (_what, traffic, rules) => {
    expect(listed(nodeSecurityGroupRules(traffic))).toEqual([EGRESS, ...rules].sort());
  });
});

describe("what nodes admit from the control plane", () => {
  const ports = (webhookPorts: NodeTraffic["webhookPorts"]) =>
    listed(nodeSecurityGroupRules({ ...eni, webhookPorts })).filter((rule) => rule.includes("control plane"));

  test("without webhooks nothing beyond the module's rules", () => {
    expect(ports({})).toEqual([]);
  });

  test("each webhook's port, once", () => {
    expect(ports({ istiod: 15017, keda: 9443, "cert-manager": 9443 })).toEqual([
      "ingress control plane: tcp 15017",
      "ingress control plane: tcp 9443",
    ]);
  });

  // EC2 refuses a second rule of the same content.
  test("not the kubelet's port, which the module has", () => {
    expect(ports({ "metrics-server": 10250 })).toEqual([]);
  });

  test("a rule names its owners, whatever their order", () => {
    const rules = nodeSecurityGroupRules({ ...eni, webhookPorts: { keda: 9443, "cert-manager": 9443 } });

    expect(rules.ingress_cluster_9443?.description).toBe("Control plane to cert-manager, keda");
  });
});

test("no rule admits an address range", () => {
  const ingress = [eni, overlay].flatMap((traffic) =>
    Object.values(nodeSecurityGroupRules(traffic)).filter(({ type }) => type !== "egress"),
  );

  expect(ingress.filter(({ cidr_blocks }) => cidr_blocks !== undefined)).toEqual([]);
});

describe("pods with groups of their own", () => {
  // Without it they resolve no name: CoreDNS has the nodes' group.
  test("reach CoreDNS, by UDP and TCP, each group once", () => {
    const rules = nodeSecurityGroupRules({ ...eni, podSecurityGroupIds: ["sg-b", "sg-a", "sg-b"] });

    expect(Object.keys(rules).filter((name) => name.startsWith("ingress_dns"))).toEqual([
      "ingress_dns_tcp_sg-a",
      "ingress_dns_udp_sg-a",
      "ingress_dns_tcp_sg-b",
      "ingress_dns_udp_sg-b",
    ]);
    expect(rules["ingress_dns_udp_sg-a"]).toMatchObject({
      protocol: "udp",
      from_port: 53,
      to_port: 53,
      source_security_group_id: "sg-a",
    });
  });
});

test("nodes with IPv6 addresses get out by IPv6, too", () => {
  expect(nodeSecurityGroupRules({ ...eni, ipv6: true }).egress_all).toMatchObject({
    cidr_blocks: ["0.0.0.0/0"],
    ipv6_cidr_blocks: ["::/0"],
  });
  expect(nodeSecurityGroupRules(eni).egress_all).not.toHaveProperty("ipv6_cidr_blocks");
});
