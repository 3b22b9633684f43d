import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import "cdktf/lib/testing/adapters/jest";
import { cniModes } from "../../support/cni-modes";
import {
  type Block,
  modulesOf,
  parsed,
  providerOf,
  resource,
  settingsOf,
  synthYaml,
} from "../../support/synth";

/** Stacks that every target has. */
const baseStacks = ["network", "cluster", "cni", "nodes"] as const;

const PROD = `
account: { id: "333333333333", deployRole: deployer }
state: { region: eu-west-1 }
tags: { owner: platform }
`;
const prod = () => synthYaml(PROD, { environment: "prod" });

describe.each(baseStacks)("state of the %s stack", (name) => {
  test("is in S3, encrypted, and locked by S3 itself", () => {
    const { s3 } = settingsOf(prod()[name]).backend as { s3: Block };

    expect(s3).toMatchObject({
      bucket: "octarine-state-prod-333333333333",
      region: "eu-west-1",
      encrypt: true,
      kms_key_id: "arn:aws:kms:eu-west-1:333333333333:alias/octarine-state-prod",
      use_lockfile: true,
    });
    expect(s3).not.toHaveProperty("dynamodb_table");
  });

  test("is reached by the deploy role", () => {
    const { s3 } = settingsOf(prod()[name]).backend as { s3: Block };

    expect(s3.assume_role).toMatchObject({ role_arn: "arn:aws:iam::333333333333:role/deployer" });
  });

  // DESIGN, "State and its three locks": (1) a wrong workspace finds an empty state.
  test("has a key that holds target and stack", () => {
    const { s3 } = settingsOf(prod()[name]).backend as { s3: Block };

    expect(s3.key).toBe(`octarine/prod-us-east-1/${name}.tfstate`);
  });

  // (2) destroy and -target evaluate the provider, always.
  test("is for the account in its own workspace, and for none in another", () => {
    expect(providerOf(prod()[name], "aws").allowed_account_ids).toEqual([
      '${terraform.workspace == "prod-us-east-1" ? "333333333333" : "000000000000"}',
    ]);
  });

  // (3) the message a person reads; offline checks read the workspace from it.
  test("refuses another workspace by name, and says the command", () => {
    const { lifecycle } = resource(prod()[name], "terraform_data", "workspace");

    const [first] = (lifecycle as { precondition: unknown[] }).precondition;
    expect(first).toEqual({
      condition: '${terraform.workspace == "prod-us-east-1"}',
      error_message:
        "This is prod/us-east-1: it belongs in workspace prod-us-east-1. Run: terraform workspace select -or-create prod-us-east-1",
    });
  });

  test("needs the first Terraform with native locking", () => {
    expect(settingsOf(prod()[name]).required_version).toBe(">= 1.11");
  });
});

describe.each(baseStacks)("AWS provider of the %s stack", (name) => {
  test("works in the region, as the deploy role", () => {
    expect(prod()[name]).toHaveProviderWithProperties(AwsProvider, {
      region: "us-east-1",
      assume_role: [{ role_arn: "arn:aws:iam::333333333333:role/deployer", session_name: "octarine" }],
    });
  });

  test("tags everything with its target and the config's tags", () => {
    expect(providerOf(prod()[name], "aws").default_tags).toEqual([
      { tags: { owner: "platform", "octarine:target": "prod/us-east-1", "octarine:environment": "prod" } },
    ]);
  });
});

describe.each(cniModes)("with %s", (_mode, yaml) => {
  const stacks = Object.entries(synthYaml(yaml));

  // The modules ask for open ranges of providers (versions.tf of each), so two inits could differ.
  test.each(stacks)("%s pins every provider to one version", (_name, json) => {
    const providers = Object.values(
      settingsOf(json).required_providers as Record<string, { version: string }>,
    );

    expect(providers.length).toBeGreaterThan(0);
    expect(providers.filter(({ version }) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test.each(stacks)("%s pins every module to one version", (_name, json) => {
    const versions = Object.values(modulesOf(json)).map(({ version }) => String(version));

    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  // The EKS module's tree holds its submodules, so the cluster stack needs those of node groups as well.
  test.each(stacks)("%s pins what the EKS module and its submodules bring", (_name, json) => {
    const sources = Object.values(modulesOf(json)).map(({ source }) => String(source));
    const pinned = Object.keys(settingsOf(json).required_providers as object);

    const needed = sources.some((source) => source.startsWith("terraform-aws-modules/eks/"));
    const pins = expect.arrayContaining(["aws", "cloudinit", "null", "time", "tls"]) as string[];
    expect(pinned).toEqual(needed ? pins : expect.arrayContaining(["aws"]));
  });

  test.each(stacks)("%s configures every provider that its resources need", (_name, json) => {
    const types = Object.keys(parsed(json).resource ?? {});
    const needed = new Set(
      types.map((type) => type.split("_")[0] ?? "").filter((name) => name !== "terraform"),
    );

    expect(Object.keys(parsed(json).provider ?? {})).toEqual(expect.arrayContaining([...needed]));
  });

  // cdktf's own outputs exist only once somebody refers to them (docs/adr/0002-published-outputs.md).
  test.each(stacks)("%s uses no cross-stack output of cdktf's", (_name, json) => {
    expect(json).not.toContain("cross-stack-output");
  });

  test.each(stacks)("%s leaves no token of cdktf's unresolved", (_name, json) => {
    expect(json).not.toMatch(/TfToken\[/);
  });

  // Nothing is resolved at plan time that a pin could hold. Ids of zones differ by account, so no pin can hold them; what runs
  // is read for refusals alone (running-cluster.ts).
  test.each(stacks)(
    "%s reads states, and of the account only ids of zones and the cluster that runs",
    (name, json) => {
      const { terraform_remote_state: _states, ...data } = parsed(json).data ?? {};
      const read = Object.entries(data).flatMap(([type, each]) =>
        Object.keys(each).map((id) => `${type}.${id}`),
      );
      const others = read.filter((each) => !each.includes(".running-cluster_"));

      expect(others).toEqual(name === "network" ? ["aws_availability_zones.zone-check_zones"] : []);
      expect(read.length > others.length).toBe(["network", "cluster", "cni"].includes(name));
      const { data: _data, ...rest } = parsed(json);
      const { workspace, ...resources } = rest.resource?.terraform_data ?? {};
      expect(workspace).toBeDefined();
      expect(
        JSON.stringify({ ...rest, resource: { ...rest.resource, terraform_data: resources } }),
      ).not.toContain("running-cluster_");
    },
  );
});

describe("reading upstream", () => {
  test("is by the same bucket and role, in the same workspace, at upstream's key", () => {
    const state = parsed(prod().nodes).data?.terraform_remote_state?.cluster;

    expect(state).toMatchObject({
      backend: "s3",
      workspace: "${terraform.workspace}",
      config: {
        bucket: "octarine-state-prod-333333333333",
        region: "eu-west-1",
        key: "octarine/prod-us-east-1/cluster.tfstate",
        workspace_key_prefix: "env:",
        assume_role: { role_arn: "arn:aws:iam::333333333333:role/deployer" },
      },
    });
  });

  // DESIGN, "Stacks of a target, in order".
  test.each([
    ["network", []],
    ["cluster", ["network"]],
    ["cni", ["cluster"]],
    ["nodes", ["cluster", "cni", "network"]],
  ] as const)("%s reads %j", (name, upstream) => {
    const states = Object.keys(parsed(prod()[name]).data?.terraform_remote_state ?? {});

    expect(states.sort()).toEqual(upstream);
  });
});

test("an address tells where a resource is in the program", () => {
  const { network } = synthYaml();

  expect(Object.keys(parsed(network).resource?.aws_subnet ?? {})).toContain("network_nodes-us-east-1a");
});

test("a role given by ARN is assumed as it is", () => {
  const arn = "arn:aws:iam::999999999999:role/ci/deployer";

  const { network } = synthYaml(`account: { deployRole: "${arn}" }`);

  expect(providerOf(network, "aws").assume_role).toEqual([{ role_arn: arn, session_name: "octarine" }]);
});
