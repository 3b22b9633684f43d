import fs from "node:fs";
import path from "node:path";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { aTarget } from "../support/fixtures";
import { OfflineTerraform, run, terraformTest } from "../support/offline-terraform";
import { parsed, settingsOf, synthTarget } from "../support/synth";

/** The cluster of the target, as AWS would tell of it. */
interface Running {
  readonly vpcCidr?: string;
  /** Zones of the control plane. */
  readonly zones?: readonly string[];
  readonly family?: string;
  readonly podNetwork?: string | undefined;
  /** Names of groups of nodes, with EKS's suffix. */
  readonly groups?: readonly string[];
  /** Interfaces in subnets that the config no longer has. */
  readonly left?: readonly string[];
}

const SUFFIX = "20261128093011223300000001";
const ABC = ["us-east-1a", "us-east-1b", "us-east-1c"];
const GENERATION =
  "nodes: { main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 }, generation: 2 } }";
const MIGRATION = `cni: { kind: cilium-eni }
cluster: { migration: { from: vpc-cni prefix, way: new-groups, reason: "dev moves first: PLAT-42" } }`;

/** Config over the base target; what runs, undefined for nothing; what the plan of the network stack says, "" for nothing. */
const cases: readonly (readonly [string, string, Running | undefined, RegExp | ""])[] = [
  ["nothing-runs", "", undefined, ""],
  ["the-same", "", {}, ""],
  ["without-a-tag", "", { podNetwork: undefined }, ""],
  [
    "a-fourth-zone",
    "network: { zones: [us-east-1a, us-east-1b, us-east-1c, us-east-1d], controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c] }",
    {},
    "",
  ],
  [
    "a-third-zone",
    "",
    { zones: ABC.slice(0, 2) },
    /that of dev-us-east-1 is in us-east-1a, us-east-1b; the config asks for us-east-1a, us-east-1b, us-east-1c\. Write network\.controlPlaneZones: \[us-east-1a, us-east-1b\] in the config of dev\/us-east-1/,
  ],
  [
    "a-zone-less",
    "network: { zones: [us-east-1a, us-east-1b] }",
    {},
    /Write network\.controlPlaneZones: \[us-east-1a, us-east-1b, us-east-1c\]/,
  ],
  [
    "a-zone-with-nodes-is-gone",
    "network: { zones: [us-east-1a, us-east-1b], controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c] }",
    { left: ["eni-1", "eni-2"] },
    /still hold nodes, .* \(4: eni-1, eni-2, eni-1, eni-2\); the subnets are subnet-left\. A zone goes by network\.retiringZones of dev\/us-east-1 first/,
  ],
  [
    "another-range",
    "network: { vpcCidr: 10.9.0.0/16 }",
    {},
    /The VPC of dev-us-east-1 has 10\.0\.0\.0\/16, and the config asks for 10\.9\.0\.0\/16.* npx octarine destroy dev\/us-east-1, write the new one/,
  ],
  ["another-family", "", { family: "ipv6" }, /have ipv6 addresses, and the config asks for ipv4/],
  [
    "another-cni",
    "",
    { podNetwork: "vpc-cni prefix" },
    /networked by vpc-cni prefix, and the config asks for cilium-eni prefix.*write cluster\.migration: \{ from: vpc-cni prefix, way: new-groups, reason: <why> \}/,
  ],
  ["no-prefixes", "cni: { prefixDelegation: false }", {}, /asks for cilium-eni secondary-ip/],
  [
    "asked-for-from-something-else",
    `${MIGRATION}\n${GENERATION}`,
    { podNetwork: "cilium-chaining prefix" },
    /networked by cilium-chaining prefix/,
  ],
  [
    "asked-for-with-new-groups",
    `${MIGRATION}\n${GENERATION}`,
    { podNetwork: "vpc-cni prefix", groups: [`main-${SUFFIX}`] },
    "",
  ],
  [
    "asked-for-with-old-groups",
    `${MIGRATION}\n${GENERATION}`,
    { podNetwork: "vpc-cni prefix", groups: [`main-2-${SUFFIX}`] },
    /of these there are nodes already: main-2\. Write a higher generation/,
  ],
  ["done", `${MIGRATION}\n${GENERATION}`, { groups: [`main-2-${SUFFIX}`] }, ""],
];

terraformTest(
  "the plan of a network refuses what the cluster that runs can't follow, and says what to write",
  async () => {
    const terraform = await OfflineTerraform.start();
    const isOpenTofu = (
      await run(terraformBinary(), ["version"], terraform.dir, terraform.env)
    ).output.startsWith("OpenTofu");
    try {
      const said = await Promise.all(cases.map((each) => planned(terraform, each, isOpenTofu)));

      said.forEach(({ status, output }, index) => {
        const [name, , , expected = ""] = cases[index] ?? [];
        const text = output.replace(/\s+/g, " ");
        expect([name, status, text.match(/Resource precondition failed/g)?.length ?? 0]).toEqual([
          name,
          expected === "" ? 0 : 1,
          expected === "" ? 0 : 1,
        ]);
        if (expected !== "") expect(text).toMatch(expected);
      });
    } finally {
      terraform.stop();
    }
  },
  5 * 60_000,
);

/** The refusals of a stack alone, planned by the real Terraform, which takes what runs from the test in place of AWS. */
async function planned(
  terraform: OfflineTerraform,
  [name, yaml, running]: (typeof cases)[number],
  isOpenTofu: boolean,
) {
  const { network } = synthTarget(aTarget(yaml));
  const { data = {}, resource = {} } = parsed(network);
  const { terraform_remote_state: _states, aws_availability_zones: _zones, ...read } = data;
  const { required_providers: providers } = settingsOf(network) as { required_providers: { aws: unknown } };
  const dir = path.join(terraform.dir, name);
  fs.mkdirSync(dir);
  const { precondition } = (resource.terraform_data?.workspace?.lifecycle ?? {}) as {
    precondition: unknown[];
  };
  const { aws_subnet: subnets, ...others } = read;
  const stack = {
    terraform: { required_providers: { aws: providers.aws } },
    data: isOpenTofu ? others : read,
    // All but the first one, which is about workspaces, of which a test has none.
    resource: { terraform_data: { workspace: { lifecycle: { precondition: precondition.slice(1) } } } },
  };
  const made = JSON.stringify(stack);
  fs.writeFileSync(
    path.join(dir, "main.tf.json"),
    isOpenTofu ? withSubnets(made, subnets?.["running-cluster_control-plane"]) : made,
  );
  fs.writeFileSync(path.join(dir, "running.tftest.hcl"), testFile(running, isOpenTofu));
  await run(terraformBinary(), ["init", "-no-color"], dir, terraform.env);
  return await run(terraformBinary(), ["test", "-no-color"], dir, terraform.env);
}

/**
 * `tofu test` overrides no single instance of a data source ("Resource instance address with keys is not allowed",
 * opentofu/opentofu v1.12.6, internal/addrs/parse_target.go): there the subnets' zones are read from their ids, in a local.
 */
function withSubnets(stack: string, subnets: unknown): string {
  const { for_each: ids } = subnets as { for_each: string };
  const zones = `\${{ for each in ${ids.slice(2, -1)} : each => { availability_zone = trimprefix(each, "subnet-") } }}`;
  const text = stack.replaceAll("data.aws_subnet.running-cluster_control-plane", "local.subnets");
  return JSON.stringify({ ...(JSON.parse(text) as object), locals: { subnets: zones } });
}

function testFile(running: Running | undefined, isOpenTofu: boolean): string {
  const names = running === undefined ? ["another"] : ["dev-us-east-1"];
  const here = (running === undefined ? [] : overridesOf(running)).filter(
    (each) => !(isOpenTofu && each.includes("control-plane[")),
  );
  return `mock_provider "aws" {}
run "plan" {
  command = plan
${[override("aws_eks_clusters", "all", { names }), ...here].join("\n")}
}
`;
}

/** What else these blocks hold: OpenTofu takes an overridden block whole or not at all. */
const VPC_CONFIG = {
  cluster_security_group_id: "sg-1",
  endpoint_private_access: true,
  endpoint_public_access: false,
  public_access_cidrs: [],
  security_group_ids: [],
};
const NETWORK_CONFIG = { elastic_load_balancing: [], service_ipv4_cidr: "", service_ipv6_cidr: "" };

function overridesOf(running: Running): string[] {
  const { vpcCidr = "10.0.0.0/16", zones = ABC, family = "ipv4", groups, left = [] } = running;
  const podNetwork = "podNetwork" in running ? running.podNetwork : "cilium-eni prefix";
  return [
    override("aws_eks_cluster", "cluster", {
      tags: podNetwork === undefined ? {} : { "octarine:pod-network": podNetwork },
      vpc_config: [{ ...VPC_CONFIG, vpc_id: "vpc-1", subnet_ids: zones.map((zone) => `subnet-${zone}`) }],
      kubernetes_network_config: [{ ...NETWORK_CONFIG, ip_family: family }],
    }),
    ...zones.map((zone) =>
      override("aws_subnet", `control-plane["subnet-${zone}"]`, { availability_zone: zone }),
    ),
    override("aws_vpc", "vpc", { cidr_block: vpcCidr }),
    ...(groups === undefined ? [] : [override("aws_eks_node_groups", "groups", { names: groups })]),
    override("aws_subnets", "subnets", { ids: ["subnet-kept", ...(left.length > 0 ? ["subnet-left"] : [])] }),
    override("aws_subnets", "subnets-kept", { ids: ["subnet-kept"] }),
    override("aws_network_interfaces", "nodes-left", { ids: left }),
    override("aws_network_interfaces", "others-left", { ids: left }),
  ];
}

/** JSON is HCL's own way to write a value, but for templates, of which there are none. */
function override(type: string, id: string, values: Readonly<Record<string, unknown>>): string {
  return `  override_data {
    target = data.${type}.running-cluster_${id}
    values = ${JSON.stringify(values).replaceAll('":', '"=')}
  }`;
}
