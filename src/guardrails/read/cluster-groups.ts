import type { Resource } from "../resource";
import { at, type Attributes, isFalse, isMap, isTrue, Unknown, type Value } from "../../values/value";
import { made, or } from "./made";

type Rules = Readonly<Record<string, Attributes>>;

const fromCluster = (port: number): Attributes => ({
  protocol: "tcp",
  from_port: port,
  to_port: port,
  type: "ingress",
  source_cluster_security_group: true,
});

const amongNodes = (protocol: string, from: number, to = from): Attributes => ({
  protocol,
  from_port: from,
  to_port: to,
  type: "ingress",
  self: true,
});

/** eks 21.11.0: main.tf, `cluster_security_group_rules`. */
const CLUSTER_RULES: Rules = {
  ingress_nodes_443: {
    protocol: "tcp",
    from_port: 443,
    to_port: 443,
    type: "ingress",
    source_node_security_group: true,
  },
};

/** eks 21.11.0: node_groups.tf, `node_security_group_rules`. */
const NODE_RULES: Rules = {
  ingress_cluster_443: fromCluster(443),
  ingress_cluster_kubelet: fromCluster(10250),
  ingress_self_coredns_tcp: amongNodes("tcp", 53),
  ingress_self_coredns_udp: amongNodes("udp", 53),
};

/** eks 21.11.0: node_groups.tf, `node_security_group_recommended_rules`. */
function recommendedRules(ipFamily: Value): Rules {
  return {
    ingress_nodes_ephemeral: amongNodes("tcp", 1025, 65535),
    ingress_cluster_4443_webhook: fromCluster(4443),
    ingress_cluster_10251_webhook: fromCluster(10251),
    ingress_cluster_6443_webhook: fromCluster(6443),
    ingress_cluster_8443_webhook: fromCluster(8443),
    ingress_cluster_9443_webhook: fromCluster(9443),
    egress_all: {
      protocol: "-1",
      from_port: 0,
      to_port: 0,
      type: "egress",
      cidr_blocks: ["0.0.0.0/0"],
      ...(ipFamily === "ipv6" && { ipv6_cidr_blocks: ["::/0"] }),
    },
  };
}

/** The module describes its rules, too. */
function without(own: Rules, additional: Value): Rules {
  return Object.fromEntries(
    Object.entries(own)
      .filter(([key]) => at(additional, key) === undefined)
      .map(([key, rule]) => [key, { ...rule, description: key }]),
  );
}

/** The group of the control plane that the module makes, or takes. EKS adds one of its own. */
export function clusterGroup(call: Resource, input: Attributes): Value {
  return isFalse(input.create_security_group)
    ? input.security_group_id
    : new Unknown(true, `\${${call.address}.cluster_security_group_id}`);
}

function nodeGroup(call: Resource, input: Attributes): Value {
  return isFalse(input.create_node_security_group)
    ? input.node_security_group_id
    : new Unknown(true, `\${${call.address}.node_security_group_id}`);
}

/** Rules of the cluster's and the nodes' groups: the module's own and those of the inputs, which stand for one of the same key. */
export function clusterGroupRules(call: Resource, input: Attributes): Resource[] {
  const makesNodes = !isFalse(input.create_node_security_group);
  const recommended = isFalse(input.node_security_group_enable_recommended_rules)
    ? {}
    : recommendedRules(input.ip_family);
  const rules = (group: string, id: Value, own: Rules, additional: Value) =>
    Object.entries({ ...(isMap(additional) ? additional : {}), ...without(own, additional) }).flatMap(
      ([key, rule]) => (isMap(rule) ? [ruleOf(group, id, key, rule)] : []),
    );
  const ruleOf = (group: string, id: Value, key: string, rule: Attributes) =>
    made(call, "aws_security_group_rule", `${group}["${key}"]`, {
      ...rule,
      type: or(rule.type, "ingress"),
      protocol: or(rule.protocol, "tcp"),
      security_group_id: id,
      ...(isTrue(at(rule, "source_cluster_security_group")) && {
        source_security_group_id: clusterGroup(call, input),
      }),
      ...(isTrue(at(rule, "source_node_security_group")) && {
        source_security_group_id: nodeGroup(call, input),
      }),
    });
  return [
    ...(isFalse(input.create_security_group)
      ? []
      : rules(
          "cluster",
          clusterGroup(call, input),
          makesNodes ? CLUSTER_RULES : {},
          input.security_group_additional_rules,
        )),
    ...(makesNodes
      ? rules(
          "node",
          nodeGroup(call, input),
          { ...NODE_RULES, ...recommended },
          input.node_security_group_additional_rules,
        )
      : []),
  ];
}
