import { moduleInputs, synthYaml } from "../../support/synth";

const cluster = (yaml: string) => moduleInputs(synthYaml(yaml).cluster, "cluster_eks");

test("rules of one's own let a range or a group in, as they say", () => {
  const reason = 'reason: "scanner of the security team: SEC-77"';
  const inputs = cluster(`cluster:
  securityGroupRules:
    nodes: { scan: { cidr: 10.9.0.0/16, port: 9100, ${reason} } }
    controlPlane: { bastion: { securityGroup: sg-0a1b2c3d, port: 443, ${reason} } }`);

  expect(inputs.node_security_group_additional_rules).toMatchObject({
    ingress_own_scan: { from_port: 9100, to_port: 9100, cidr_blocks: ["10.9.0.0/16"] },
  });
  expect(inputs.security_group_additional_rules).toMatchObject({
    ingress_own_bastion: { from_port: 443, to_port: 443, source_security_group_id: "sg-0a1b2c3d" },
  });
});
