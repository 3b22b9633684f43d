import fc from "fast-check";
import fs from "node:fs";
import path from "node:path";
import { ImportError } from "../../src/import/part";
import { fromTerraform, type PlanOptions } from "../../src/import/terraform/convert";
import { PlanError } from "../../src/terraform-plan/plan-error";

/*
 * Fixtures: small projects with terraform-aws-modules/vpc 5.21.0 and 6.5.1, eks 19.21.0, 20.37.2 and 21.11.0, and one of bare
 * resources, planned and applied by Terraform 1.11.4 against stand-in providers with the schema of the AWS provider 6.25.0; shortened.
 */
const folder = path.join(__dirname, "terraform");
const files = fs.readdirSync(folder).sort();

const OPTIONS: PlanOptions = {
  environment: "dev",
  production: false,
  account: "123456789012",
  keepsVpc: false,
  keepsCluster: false,
};

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const textOf = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");
const imported = (name: string, options: Partial<PlanOptions> = {}) =>
  fromTerraform(textOf(name), name, { ...OPTIONS, ...options });
const noted = (name: string, options: Partial<PlanOptions> = {}) =>
  imported(name, options).notes.map((each) => `${each.where} ${each.path}: ${each.is}`);

test("network, nodes, access and identities are those of a plan that nobody has applied yet", () => {
  expect(imported("eks-21-vpc-6.plan.json", { account: "111122223333" }).draft).toMatchObject({
    region: "eu-west-1",
    release: "2025.09",
    settings: {
      tags: { team: "shop", cost: "4711" },
      network: {
        vpcCidr: "10.64.0.0/16",
        zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
        egress: { kind: "nat-per-zone" },
      },
      cluster: {
        name: "shop-live",
        endpoint: { kind: "restricted-public", cidrs: ["198.51.100.0/24"] },
        serviceCidr: "172.30.0.0/16",
        logs: { retentionDays: 30 },
        deletionProtection: true,
        access: {
          admins: { policy: "cluster-admin" },
          shopdevelopers: { policy: "view", namespaces: ["shop"], kubernetesGroups: ["shop"] },
        },
      },
      cni: { kind: "vpc-cni", addressMode: "prefix", warmPrefixTarget: 2 },
      nodes: {
        system: {
          ami: "bottlerocket",
          instanceTypes: ["m6i.large", "m5.large"],
          size: { min: 2, max: 6, desired: 3 },
          labels: { tier: "system" },
          taints: ["CriticalAddonsOnly=true:NoSchedule"],
        },
        "batch-spot": {
          capacity: "spot",
          size: { min: 0, max: 9 },
          rootVolumeGiB: 120,
          rootVolume: { iops: 4000 },
        },
      },
      karpenter: { pools: { general: {} } },
      metricsServer: {},
      podIdentities: {
        orders: { namespace: "shop", policyArns: [expect.stringContaining("AmazonS3ReadOnly")] },
      },
    },
  });
});

test("each point that differs is told with the address of its resource; nothing else is", () => {
  expect(imported("eks-21-vpc-6.plan.json", { account: "111122223333" }).notes).toMatchSnapshot();
});

test("zones of a group are known once it is there; before, that they are not is told", () => {
  const at = 'module.eks.module.eks_managed_node_group["Batch_Spot"].aws_eks_node_group.this[0]';
  expect(imported("eks-21-vpc-6.state.json").draft.settings).toMatchObject({
    nodes: { "batch-spot": { zones: ["eu-west-1a"] } },
  });
  expect(noted("eks-21-vpc-6.plan.json")).toContain(`${at} subnet_ids: changed`);
  expect(noted("eks-21-vpc-6.state.json")).not.toContain(`${at} subnet_ids: changed`);
});

test("a cluster that is there keeps its name to itself", () => {
  const { draft, notes } = imported("eks-21-vpc-6.state.json");
  expect(draft.settings.cluster).not.toHaveProperty("name");
  expect(notes).toContainEqual(expect.objectContaining({ path: "name", is: "changed" }));
});

test("a VPC that is kept has its subnets by tier, those of the control plane apart where there are some", () => {
  expect(imported("eks-21-vpc-6.state.json", { keepsVpc: true }).draft.settings.network).toMatchObject({
    vpcCidr: "10.64.0.0/16",
    secondaryCidrs: ["100.64.0.0/16"],
    subnets: {
      public: { cidrs: { "eu-west-1a": "10.64.128.0/24" } },
      nodes: { cidrs: { "eu-west-1b": "10.64.32.0/19" } },
      controlPlane: { cidrs: { "eu-west-1c": "10.64.140.32/28" } },
    },
    existing: {
      vpcId: like(/^vpc-/),
      subnets: { nodes: { "eu-west-1a": like(/^subnet-/) } },
      routeTables: { controlPlane: like(/^rtb-/) },
      vpcEndpoints: "existing",
    },
    networkAcls: { kind: "none" },
  });
  expect(imported("eks-20-vpc-5.state.json", { keepsVpc: true }).draft.settings.network).toMatchObject({
    subnets: { controlPlane: { in: "nodes" } },
    existing: { routeTables: { nodes: { "us-west-2b": like(/^rtb-/) } } },
  });
});

test("one NAT gateway stays one but in production; what has no place here is told", () => {
  const name = "eks-20-vpc-5.plan.json";
  expect(imported(name).draft.settings.network).toMatchObject({ egress: { kind: "nat-single" } });
  expect(imported(name, { production: true }).draft.settings.network).toMatchObject({
    egress: { kind: "nat-per-zone" },
  });
  expect(noted(name)).toEqual(
    expect.arrayContaining([
      "aws_db_instance.main : lost",
      'module.eks.module.eks_managed_node_group["win"].aws_eks_node_group.this[0] : lost',
      'module.eks.module.fargate_profile["jobs"].aws_eks_fargate_profile.this[0] : lost',
      "module.eks.aws_eks_cluster.this[0] vpc_config[0].public_access_cidrs[0]: lost",
    ]),
  );
});

test("groups of one's own and roles of IRSA become managed groups and Pod Identity", () => {
  const { draft, notes } = imported("eks-19-vpc-5.state.json");
  expect(draft.settings).toMatchObject({
    nodes: { main: { instanceTypes: ["m5.xlarge"] }, own: { size: { min: 1, max: 2 } } },
    podIdentities: {
      reports: { namespace: "reports", policyArns: [expect.stringContaining("AmazonS3ReadOnly")] },
    },
  });
  const of = (address: string) => notes.filter(({ where }) => where === address);
  expect(of("module.reports.aws_iam_role.this[0]")[0]?.says).toMatch(/Pod Identity in place of IRSA/);
  expect(of("module.ebs.aws_iam_role.this[0]")[0]?.says).toMatch(/the platform's own role/);
});

test("of bare resources what a subnet is for is told by its routes, before an apply and after it", () => {
  const [before, after] = ["bare.plan.json", "bare.stored-state.json"].map(
    (name) => imported(name).draft.settings,
  );
  expect(before).toMatchObject({
    network: { zones: ["ap-southeast-2a", "ap-southeast-2b"], egress: { kind: "nat-single" } },
    nodes: { main: { instanceTypes: ["m6a.large"], maxUnavailable: 1 } },
  });
  expect(after?.network).toEqual(before?.network);
  expect(after?.nodes).toEqual(before?.nodes);
});

test.each(files)("no secret of %s is told or written", (name) => {
  const all = JSON.stringify(imported(name));
  expect(all).not.toMatch(/hunter2|correct-horse/);
});

interface Shown {
  readonly address: string;
  readonly mode: string;
  values: Record<string, unknown>;
}

function resourcesIn(module: Record<string, unknown> | undefined): Shown[] {
  const own = (module?.resources ?? []) as Shown[];
  const below = (module?.child_modules ?? []) as Record<string, unknown>[];
  return [...own, ...below.flatMap(resourcesIn)];
}

test("whatever else a resource says, and whatever else there is, is told at its address: nothing is lost in silence", () => {
  const shown = files.filter((name) => !name.includes("stored-state"));
  const attribute = fc.stringMatching(/^[a-z]{3,8}$/).map((text) => `x${text}`);
  fc.assert(
    fc.property(
      fc.constantFrom(...shown),
      fc.nat(),
      attribute,
      fc.string({ minLength: 1 }),
      (name, at, key, value) => {
        const plan = JSON.parse(textOf(name)) as Record<string, { root_module: Record<string, unknown> }>;
        const all = resourcesIn((plan.planned_values ?? plan.values)?.root_module).filter(
          ({ mode }) => mode === "managed",
        );
        const one = all[at % all.length];
        if (one === undefined) return;
        one.values = { ...one.values, [key]: value };
        const { notes } = fromTerraform(JSON.stringify(plan), name, OPTIONS);
        const base = one.address.replace(/\[[^\][]*\]$/, "");
        const told = notes.filter(({ where }) => where === one.address || where === base);
        expect(told.some(({ path: within }) => within === "" || within === key)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ["", PlanError, /is empty/],
  [
    '{"format_version":"1.2","planned_values":{"root_module":{}}}',
    ImportError,
    /neither an aws_eks_cluster nor an aws_vpc/,
  ],
  ["[]", PlanError, /is JSON, but no plan/],
])("what is no project with a cluster or a VPC is refused: %j", (text, error, message) => {
  const run = () => fromTerraform(text, "plan.json", OPTIONS);
  expect(run).toThrow(error);
  expect(run).toThrow(message);
});

test("a VPC is kept only where it is there, and a region has to be known", () => {
  expect(() => imported("bare.plan.json", { keepsVpc: true })).toThrow(/not there yet/);
  const bare =
    '{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"aws_vpc.a","mode":"managed","type":"aws_vpc","name":"a","values":{"cidr_block":"10.0.0.0/16"}}]}}}';
  expect(() => fromTerraform(bare, "plan.json", OPTIONS)).toThrow(
    /plan\.json: does not tell its region; give it by --region/,
  );
  expect(fromTerraform(bare, "plan.json", { ...OPTIONS, region: "us-east-1" }).draft.region).toBe(
    "us-east-1",
  );
  expect(() => imported("bare.plan.json", { cluster: "bar" })).toThrow(/did you mean bare/);
});

test.each<[string, RegExp, string, string]>([
  [
    "hosts of its own",
    /"instance_tenancy": "default"/,
    '"instance_tenancy": "dedicated"',
    "module.vpc.aws_vpc.this[0] instance_tenancy: lost",
  ],
  [
    "a group of the control plane that the project does not make",
    /"security_group_ids": \[/,
    '"security_group_ids": ["sg-0other",',
    "module.eks.aws_eks_cluster.this[0] vpc_config[0].security_group_ids: lost",
  ],
])("%s: told, and only where it is so", (_, from, to, note) => {
  const name = "eks-20-vpc-5.state.json";
  const text = textOf(name);
  expect(text).toMatch(from);
  const notes = (of: string) =>
    fromTerraform(of, name, OPTIONS).notes.map((each) => `${each.where} ${each.path}: ${each.is}`);

  expect(notes(text.replace(from, to))).toContain(note);
  expect(notes(text)).not.toContain(note);
});
