import { Fn, TerraformStack, Testing, Token } from "cdktf";
import { Eks } from "../../../.gen/modules/eks";
import { EksModule, type EksInputs } from "../../../src/modules/registry/eks";

function synthesized(inputs: EksInputs): Record<string, unknown> {
  const stack = new TerraformStack(Testing.app(), "cluster");
  new EksModule(stack, "eks", inputs);
  const json = JSON.parse(Testing.synth(stack)) as { module: { eks: Record<string, unknown> } };
  return json.module.eks;
}

test("object inputs reach Terraform with their attributes unchanged", () => {
  const coredns = {
    addon_version: "v1.11.4-eksbuild.2",
    most_recent: false,
    preserve: false,
    configuration_values: '{"replicaCount":3}',
    pod_identity_association: [
      { role_arn: "arn:aws:iam::111122223333:role/dns", service_account: "coredns" },
    ],
    timeouts: { create: "25m", delete: "" },
    tags: {},
  };

  expect(synthesized({ addons: { coredns, "eks-pod-identity-agent": {} } }).addons).toEqual({
    coredns,
    "eks-pod-identity-agent": {},
  });
});

test("keys of a map keep their case, and a zero stays", () => {
  const rule = { from_port: 0, to_port: 0, protocol: "-1", self: true };

  expect(synthesized({ nodeSecurityGroupAdditionalRules: { nodeToNodeAll: rule } })).toMatchObject({
    node_security_group_additional_rules: { nodeToNodeAll: rule },
  });
});

test("tokens inside an object become expressions", () => {
  const inputs = synthesized({
    addons: {
      coredns: { preserve: Token.asAny("${var.keep}"), addon_version: Token.asString(Fn.lower("V1")) },
    },
    encryptionConfig: Token.asAny("${var.encryption}"),
  });

  expect(inputs).toMatchObject({
    addons: { coredns: { preserve: "${var.keep}", addon_version: '${lower("V1")}' } },
    encryption_config: "${var.encryption}",
  });
});

test("the typed class is the class of cdktf get, with its source and version", () => {
  const stack = new TerraformStack(Testing.app(), "cluster");

  expect(new EksModule(stack, "eks", {})).toBeInstanceOf(Eks);
  expect(synthesized({})).toMatchObject({ source: "terraform-aws-modules/eks/aws", version: "21.11.0" });
});
