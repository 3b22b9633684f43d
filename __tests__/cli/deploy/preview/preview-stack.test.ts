import { stackNames } from "../../../../src/model/stacks/stack-names";
import { previewOutputs } from "../../../../src/cli/deploy/preview/placeholders";
import { previewStack } from "../../../../src/cli/deploy/preview/preview-stack";
import { remoteStates } from "../../../../src/cli/deploy/remote-states";
import { aTarget } from "../../../support/fixtures";

const target = aTarget();
const outputsOf = (stack: (typeof stackNames)[number], outputs: Record<string, { value: never }>) =>
  previewOutputs({ target, label: stack, stack, outputs });
const published = (value: unknown) => ({ value: value as never });

describe("outputs of a stack without a state", () => {
  const { values, placeholders } = outputsOf("network", {
    vpc_id: published("${module.network_vpc.vpc_id}"),
    vpc_cidr_blocks: published(["10.0.0.0/16"]),
    vpc_ipv6_cidr_blocks: published("${tolist([])}"),
    pod_subnet_ids: published("${tomap({})}"),
    node_subnet_ids: published({ "us-east-1a": "${aws_subnet.a.id}", "us-east-1b": "${aws_subnet.b.id}" }),
    nat_public_ips: published(["${aws_eip.a.public_ip}", "${aws_eip.b.public_ip}"]),
    resolver_inbound_ips: published("${sort([for each in aws_x.y : each.ip])}"),
  });

  test("are the configuration's own values where it holds them", () => {
    expect(values).toMatchObject({
      vpc_cidr_blocks: ["10.0.0.0/16"],
      vpc_ipv6_cidr_blocks: [],
      pod_subnet_ids: {},
    });
  });

  test("have the shape of the contract, with the keys that are known", () => {
    expect(values).toMatchObject({
      vpc_id: "vpc-preview-network-vpc-id",
      node_subnet_ids: {
        "us-east-1a": "subnet-preview-network-node-subnet-ids-us-east-1a",
        "us-east-1b": "subnet-preview-network-node-subnet-ids-us-east-1b",
      },
    });
    expect(Object.keys(values)).toContain("private_zone_ids");
  });

  test("have addresses of the range for documentation, each another one", () => {
    const all = [values.nat_public_ips, values.resolver_inbound_ips].flat();

    expect(all).toHaveLength(3);
    expect(new Set(all).size).toBe(3);
    expect(all.filter((each) => !/^"192\.0\.2\.\d+"$/.test(JSON.stringify(each)))).toEqual([]);
  });

  test("name every placeholder once, by what it stands for", () => {
    expect(placeholders).toContainEqual({
      value: "vpc-preview-network-vpc-id",
      mark: "preview-network-vpc-id",
      output: "network.vpc_id",
    });
    expect(new Set(placeholders.map(({ value }) => value)).size).toBe(placeholders.length);
  });

  test.each([
    [
      "cluster",
      "secrets_key_arn",
      /^arn:aws:kms:us-east-1:111122223333:key\/preview-cluster-secrets-key-arn$/,
    ],
    ["cluster", "oidc_provider_arn", /^arn:aws:iam::111122223333:oidc-provider\/preview-/],
    ["cluster", "endpoint", /^https:\/\/preview-cluster-endpoint\.invalid$/],
    ["nodes", "ebs_csi_role_arn", /^arn:aws:iam::111122223333:role\/preview-nodes-ebs-csi-role-arn$/],
    ["cluster", "node_security_group_id", /^sg-preview-/],
  ] as const)("%s.%s has the form that Terraform expects", (stack, output, form) => {
    expect(outputsOf(stack, { [output]: published("${x.y}") }).values[output]).toMatch(form);
  });

  test("of the cluster are what the configuration says, though a module publishes them", () => {
    const { values: cluster, placeholders: open } = outputsOf("cluster", {
      name: published("${module.eks.cluster_name}"),
      version: published("${module.eks.cluster_version}"),
      service_cidr: published("${module.eks.cluster_service_cidr}"),
    });

    expect(cluster).toMatchObject({ name: "dev-us-east-1", version: "1.35", ip_family: "ipv4" });
    expect(cluster.service_cidr).toMatch(/\/\d+$/);
    expect(open.map(({ output }) => output)).not.toContain("cluster.name");
  });

  test.each(stackNames)("%s has values for what it publishes", (stack) => {
    expect(Object.keys(outputsOf(stack, {}).values)).not.toEqual([]);
  });
});

const STACK = {
  terraform: { backend: { s3: { bucket: "b" } }, required_version: ">= 1.11" },
  data: {
    terraform_remote_state: {
      network: { config: { key: "octarine/dev-us-east-1/network.tfstate" } },
      "dev-us-west-2-cluster": { config: { key: "octarine/dev-us-west-2/cluster.tfstate" } },
    },
  },
  module: {
    eks: {
      vpc_id: "${data.terraform_remote_state.network.outputs.vpc_id}",
      subnets: ['${data.terraform_remote_state.network.outputs.ids["a"]}'],
      peer: "${data.terraform_remote_state.dev-us-west-2-cluster.outputs.endpoint}",
    },
  },
};

describe("a stack for a preview", () => {
  test("knows whose states it reads, which outputs, and which of their keys", () => {
    expect(remoteStates(STACK)).toEqual([
      {
        name: "network",
        workspace: "dev-us-east-1",
        stack: "network",
        used: new Map([
          ["vpc_id", new Set()],
          ["ids", new Set(["a"])],
        ]),
      },
      {
        name: "dev-us-west-2-cluster",
        workspace: "dev-us-west-2",
        stack: "cluster",
        used: new Map([["endpoint", new Set()]]),
      },
    ]);
  });

  test("takes what is given in place of the state, and reads the others as before", () => {
    const given = new Map([["network", { vpc_id: "vpc-preview" }]]);

    expect(previewStack(STACK, given, false)).toEqual({
      ...STACK,
      data: {
        terraform_remote_state: {
          "dev-us-west-2-cluster": STACK.data.terraform_remote_state["dev-us-west-2-cluster"],
        },
      },
      locals: { "upstream-network": { vpc_id: "vpc-preview" } },
      module: {
        eks: {
          ...STACK.module.eks,
          vpc_id: "${local.upstream-network.vpc_id}",
          subnets: ['${local.upstream-network.ids["a"]}'],
        },
      },
    });
  });

  test("keeps a state that is not there yet out of the bucket", () => {
    expect(previewStack(STACK, new Map(), true).terraform).toEqual({
      backend: { local: { path: "preview.tfstate" } },
      required_version: ">= 1.11",
    });
  });

  test("takes values as they stand, whatever is in them", () => {
    const given = new Map([["network", { vpc_id: 'a ${file("x")} %{ if true }' }]]);

    expect(previewStack(STACK, given, false).locals).toEqual({
      "upstream-network": { vpc_id: 'a $${file("x")} %%{ if true }' },
    });
  });

  test("is refused where the key of its state belongs to something else", () => {
    const data = { terraform_remote_state: { other: { config: { key: "theirs.tfstate" } } } };
    expect(() => remoteStates({ data })).toThrow("theirs.tfstate");
  });
});
