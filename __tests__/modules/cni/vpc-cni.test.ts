import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import "cdktf/lib/testing/adapters/jest";
import { VpcCni, vpcCniConfiguration } from "../../../src/modules/cni/vpc-cni";
import { moduleInputs, synthConstruct } from "../../support/synth";

describe("vpcCniConfiguration", () => {
  // Seed 004, sections 11 and 12.
  test("prefixes, with one kept warm", () => {
    const configuration = vpcCniConfiguration({
      addressMode: "prefix",
      networkPolicy: true,
      warmPrefixTarget: 1,
    });

    expect(configuration).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
  });

  test("single addresses know no warm prefixes", () => {
    const { env } = vpcCniConfiguration({
      addressMode: "secondary-ip",
      networkPolicy: true,
      warmPrefixTarget: 1,
    });

    expect(env).toEqual({ ENABLE_PREFIX_DELEGATION: "false" });
  });

  // Seed 001, section 2, "Warm pool concept".
  test("warm addresses and a node's first ones", () => {
    const { env } = vpcCniConfiguration({
      addressMode: "prefix",
      networkPolicy: false,
      warmIpTarget: 5,
      minimumIpTarget: 0,
    });

    expect(env).toEqual({ ENABLE_PREFIX_DELEGATION: "true", WARM_IP_TARGET: "5", MINIMUM_IP_TARGET: "0" });
  });

  // The add-on's schema has text for all of env, and for the policy switch.
  test("is text throughout", () => {
    const { enableNetworkPolicy, env } = vpcCniConfiguration({
      addressMode: "prefix",
      networkPolicy: false,
      warmPrefixTarget: 2,
      warmIpTarget: 3,
      minimumIpTarget: 4,
    });

    expect([enableNetworkPolicy, ...Object.values(env)].map((value) => typeof value)).toEqual(
      Array(5).fill("string"),
    );
  });
});

test("the add-on has its own identity, so that nodes need no CNI policy", () => {
  const json = synthConstruct((scope) => {
    const options = { addressMode: "prefix", networkPolicy: true } as const;
    new VpcCni(scope, "vpc-cni", { clusterName: "dev", version: "v1.22.4-eksbuild.3", options });
  });

  expect(moduleInputs(json, "vpc-cni_identity_identity")).toMatchObject({
    name: "dev-vpc-cni",
    attach_aws_vpc_cni_policy: true,
    aws_vpc_cni_enable_ipv4: true,
  });
  expect(json).toHaveResourceWithProperties(EksAddon, {
    addon_name: "vpc-cni",
    addon_version: "v1.22.4-eksbuild.3",
    pod_identity_association: [
      { service_account: "aws-node", role_arn: "${module.vpc-cni_identity_identity.iam_role_arn}" },
    ],
  });
});
