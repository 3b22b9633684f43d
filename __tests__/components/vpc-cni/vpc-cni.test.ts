import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import "cdktf/lib/testing/adapters/jest";
import { VpcCni, vpcCniConfiguration } from "../../../src/components/vpc-cni/vpc-cni";
import { moduleInputs, synthConstruct } from "../../support/synth";

describe("vpcCniConfiguration", () => {
  // aws/amazon-vpc-cni-k8s, README: ENABLE_PREFIX_DELEGATION, WARM_PREFIX_TARGET.
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

  // aws/amazon-vpc-cni-k8s, README: addresses that nodes keep warm so that pods start without waiting for EC2.
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

describe("custom networking", () => {
  const configuration = vpcCniConfiguration({
    addressMode: "prefix",
    networkPolicy: true,
    customNetworking: {
      region: "us-east-1",
      securityGroupId: "sg-nodes",
      subnetIds: { "us-east-1a": "subnet-a", "us-east-1b": "subnet-b" },
    },
  });

  // EKS User Guide, custom networking: an ENIConfig per zone, by the add-on's eniConfig values, found by the zone's label.
  test("gives each zone its ENIConfig, found by the node's zone", () => {
    expect(configuration).toMatchObject({
      env: {
        AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
        ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
      },
      eniConfig: {
        create: true,
        region: "us-east-1",
        subnets: {
          "us-east-1a": { id: "subnet-a", securityGroups: ["sg-nodes"] },
          "us-east-1b": { id: "subnet-b", securityGroups: ["sg-nodes"] },
        },
      },
    });
  });

  test("leaves pods' traffic out of the VPC under their nodes' addresses", () => {
    expect(configuration.env).not.toHaveProperty("AWS_VPC_K8S_CNI_EXTERNALSNAT");
  });
});

test("pods keep their addresses on the way out where the target says so", () => {
  const { env } = vpcCniConfiguration({ addressMode: "prefix", networkPolicy: true, externalSnat: true });

  expect(env).toMatchObject({ AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" });
});

describe("security groups for pods", () => {
  const configured = (podSecurityGroups: "strict" | "standard") =>
    vpcCniConfiguration({ addressMode: "prefix", networkPolicy: true, podSecurityGroups });

  test.each(["strict", "standard"] as const)("are made by the VPC CNI, in %s mode", (mode) => {
    expect(configured(mode).env).toMatchObject({
      ENABLE_POD_ENI: "true",
      POD_SECURITY_GROUP_ENFORCING_MODE: mode,
    });
  });

  // EKS Best Practices: "only required in strict mode", and costs latency.
  test("let kubelet's TCP probes through in strict mode, and only there", () => {
    expect(configured("strict")).toMatchObject({ init: { env: { DISABLE_TCP_EARLY_DEMUX: "true" } } });
    expect(configured("standard")).not.toHaveProperty("init");
  });
});

// aws/amazon-vpc-cni-k8s README, "Feature Matrix".
test("an IPv6 cluster has prefixes and no warm targets", () => {
  const { env } = vpcCniConfiguration({
    addressMode: "prefix",
    networkPolicy: true,
    warmPrefixTarget: 1,
    ipv6: true,
  });

  expect(env).toEqual({ ENABLE_PREFIX_DELEGATION: "true" });
});

test("the identity of an IPv6 cluster may assign IPv6 addresses, and nothing of IPv4", () => {
  const json = synthConstruct((scope) => {
    const options = { addressMode: "prefix", networkPolicy: true, ipv6: true } as const;
    new VpcCni(scope, "vpc-cni", { clusterName: "dev", version: "v1.22.4-eksbuild.3", options });
  });

  const identity = moduleInputs(json, "vpc-cni_identity_identity");
  expect(identity).toMatchObject({ attach_aws_vpc_cni_policy: true, aws_vpc_cni_enable_ipv6: true });
  expect(identity).not.toHaveProperty("aws_vpc_cni_enable_ipv4");
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
