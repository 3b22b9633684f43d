import fc from "fast-check";
import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { fromEksctl } from "../../src/import/eksctl/convert";
import type { ImportOptions } from "../../src/import/options";
import { ImportError } from "../../src/import/part";

const folder = path.join(__dirname, "eksctl");

const OPTIONS: ImportOptions = {
  production: false,
  account: "111122223333",
  ipv6: { approvedBy: "network-board", on: "2026-11-29" },
};

const textOf = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");
const imported = (name: string, options = OPTIONS) => fromEksctl(textOf(name), name, options);

/** Notes as `path: is`, to be compared without their words. */
const noted = (name: string, options = OPTIONS) =>
  imported(name, options).notes.map((each) => `${each.path}: ${each.is}`);

test("nodes, addresses of pods and ranges are those of the file", () => {
  const { draft } = imported("reference-production.yaml");
  expect(draft.settings).toMatchObject({
    network: { vpcCidr: "10.0.0.0/16", egress: { kind: "nat-single" } },
    cluster: { name: "prod-cluster", supportPolicy: "extended" },
    cni: { kind: "vpc-cni", addressMode: "prefix", warmPrefixTarget: 1, kubeProxy: { kind: "iptables" } },
    nodes: {
      system: {
        instanceTypes: ["m5.xlarge"],
        size: { min: 2, max: 6, desired: 3 },
        taints: ["CriticalAddonsOnly=true:NoSchedule"],
      },
      application: { instanceTypes: ["m5.2xlarge", "m5.4xlarge"], capacity: "spot" },
    },
  });
});

test("each point that differs is told with its line; nothing else is", () => {
  expect(imported("reference-production.yaml").notes).toMatchSnapshot();
});

test("production gets a NAT gateway in each zone", () => {
  const { draft, notes } = imported("reference-production.yaml", { ...OPTIONS, production: true });
  expect(draft.settings).toMatchObject({ network: { egress: { kind: "nat-per-zone" } } });
  expect(notes).toContainEqual(expect.objectContaining({ path: "vpc.nat.gateway", is: "changed" }));
});

test("IPv6 takes somebody who approved it; without one it becomes IPv4, which is said", () => {
  expect(imported("reference-ipv6.yaml").draft.settings).toMatchObject({
    network: { ipv6: { mode: "ipv6", readiness: { tooling: { approvedBy: "network-board" } } } },
  });
  const { ipv6: _, ...withoutApproval } = OPTIONS;
  expect(noted("reference-ipv6.yaml", withoutApproval)).toContain("kubernetesNetworkConfig.ipFamily: lost");
});

test("groups of eksctl's own become managed ones; what a managed group can't be is told", () => {
  const { draft } = imported("own-groups.yaml");
  expect(draft.settings).toMatchObject({
    nodes: {
      "front-end": {
        instanceTypes: ["m6i.xlarge"],
        rootVolumeGiB: 100,
        labels: { tier: "front" },
        ami: "al2023",
      },
      science: { size: { min: 4, max: 4 }, zones: ["eu-west-1a"], taints: ["science=true:NoSchedule"] },
    },
  });
  expect(noted("own-groups.yaml")).toEqual(
    expect.arrayContaining([
      "nodeGroups[0].name: changed",
      "nodeGroups[0].volumeType: changed",
      "nodeGroups[0].ami: lost",
      "nodeGroups[0].labels.node.kubernetes.io/role: lost",
      "nodeGroups[0].iam: lost",
      "nodeGroups[1].preBootstrapCommands: lost",
      "nodeGroups[1].classicLoadBalancerNames: lost",
    ]),
  );
});

test("managed groups keep types, sizes, taints, tags, updates and policies of their own", () => {
  const { draft } = imported("managed-groups.yaml");
  expect(draft.settings).toMatchObject({
    tags: { team: "shop" },
    network: { egress: { kind: "nat-per-zone" } },
    cluster: {
      supportPolicy: "standard",
      endpoint: { kind: "restricted-public", cidrs: ["198.51.100.0/24"] },
    },
    nodes: {
      general: {
        instanceTypes: ["m6i.large", "m5.large"],
        size: { min: 2, max: 4, desired: 3 },
        maxUnavailable: 2,
        taints: ["dedicated=shop:NoSchedule", "batch:NoExecute"],
        tags: { cost: "shop" },
        additionalPolicies: ["arn:aws:iam::111122223333:policy/Agent"],
      },
      spot: { capacity: "spot", size: { min: 2, max: 2 } },
    },
  });
  expect(Object.keys(draft.settings.nodes ?? {})).toEqual(["general", "spot"]);
  expect(noted("managed-groups.yaml")).toEqual(
    expect.arrayContaining([
      "vpc.publicAccessCIDRs[1]: lost",
      "managedNodeGroups[0].instanceTypes[2]: lost",
      "managedNodeGroups[0].ssh: lost",
      "managedNodeGroups[0].securityGroups: lost",
      "managedNodeGroups[2]: lost",
      "metadata.tags.karpenter.sh/discovery: lost",
    ]),
  );
});

test("service accounts get roles by Pod Identity; policies with wildcards are told and not taken", () => {
  expect(imported("identities.yaml").draft.settings.podIdentities).toEqual({
    "s3-reader": {
      namespace: "backend",
      serviceAccount: "s3-reader",
      policyArns: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
    },
    orders: {
      namespace: "backend",
      serviceAccount: "orders",
      statements: [
        {
          name: "Read",
          actions: ["sqs:ReceiveMessage"],
          resources: ["arn:aws:sqs:us-west-2:111122223333:orders"],
        },
      ],
    },
    cache: {
      namespace: "backend",
      serviceAccount: "cache",
      policyArns: ["arn:aws:iam::111122223333:policy/Cache"],
    },
  });
  expect(noted("identities.yaml")).toContain("iam.serviceAccounts[3].attachPolicy: lost");
});

test("access entries and aws-auth become access entries; users and roles of other accounts do not", () => {
  const { draft } = imported("access.yaml");
  expect(draft).toMatchObject({
    release: "2025.09",
    settings: {
      cluster: {
        supportPolicy: "extended",
        zonalShift: true,
        logs: { retentionDays: 60 },
        access: {
          viewer: {
            role: "arn:aws:iam::111122223333:role/Viewer",
            policy: "view",
            namespaces: ["shop", "dev-*"],
          },
          nodes: { type: "ec2-linux" },
          admin: { policy: "cluster-admin" },
          shop: { kubernetesGroups: ["shop"] },
        },
      },
    },
  });
  expect(noted("access.yaml")).toEqual(
    expect.arrayContaining([
      "accessConfig.accessEntries[0]: lost",
      "iamIdentityMappings[1]: lost",
      "iamIdentityMappings[2].groups[1]: lost",
    ]),
  );
});

test("a private cluster has no way out, endpoints, and images in the account's registry", () => {
  expect(imported("private.yaml").draft.settings).toMatchObject({
    network: {
      egress: { kind: "none" },
      endpoints: { set: "isolated" },
      zones: ["eu-central-1a", "eu-central-1b"],
    },
    images: { mirror: "111122223333.dkr.ecr.eu-central-1.amazonaws.com" },
    cluster: { serviceCidr: "10.100.0.0/16" },
    cni: { addressMode: "secondary-ip", warmIpTarget: 4, minimumIpTarget: 8 },
    nodes: { main: { size: { min: 2, max: 2 } } },
    metricsServer: {},
  });
  expect(noted("private.yaml")).toEqual(
    expect.arrayContaining([
      "vpc.subnets: changed",
      "addons[2]: lost",
      "fargateProfiles: lost",
      "karpenter: changed",
    ]),
  );
});

test("whatever else a file holds is told, with its line: nothing is lost in silence", () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/).map((text) => `x${text}`);
  const value = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z]{1,8}$/));
  const where = fc.constantFrom<readonly (string | number)[]>(
    [],
    ["metadata"],
    ["vpc"],
    ["vpc", "nat"],
    ["iam"],
    ["managedNodeGroups", 0],
    ["managedNodeGroups", 0, "ssh"],
    ["addons", 0],
  );
  fc.assert(
    fc.property(where, name, value, (at, key, given) => {
      const config: Record<string, unknown> = {
        apiVersion: "eksctl.io/v1alpha5",
        kind: "ClusterConfig",
        metadata: { name: "shop", region: "us-west-2" },
        vpc: { nat: { gateway: "Single" } },
        iam: { withOIDC: true },
        managedNodeGroups: [{ name: "main", instanceType: "m6i.large", ssh: { allow: false } }],
        addons: [{ name: "coredns" }],
      };
      const place = at.reduce<Record<string, unknown>>(
        (part, step) => part[step] as Record<string, unknown>,
        config,
      );
      place[key] = given;
      const text = stringify(config);
      const line =
        text.split("\n").findIndex((each) => each.trim().replace(/^- /, "").startsWith(`${key}:`)) + 1;
      const told = fromEksctl(text, "cluster.yaml", OPTIONS).notes;
      const full =
        `${at.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("")}.${key}`.slice(1);
      // By itself, or with the block that nothing is read of.
      expect(
        told.some((each) => full.startsWith(each.path) && each.is === "lost" && (each.line ?? 0) <= line),
      ).toBe(true);
    }),
  );
});

test.each([
  [
    "kind: Cluster\napiVersion: v1\n",
    /^c\.yaml: must be a ClusterConfig of eksctl\.io\/v1alpha5; got kind Cluster/,
  ],
  ["- a\n", /^c\.yaml: must be a map/],
  ["a: [\n", /^c\.yaml:\d+: /],
  [
    "kind: ClusterConfig\napiVersion: eksctl.io/v1alpha5\nmetadata: { name: a }\n",
    /^c\.yaml:3: metadata\.region is required/,
  ],
  [
    "kind: ClusterConfig\napiVersion: eksctl.io/v1alpha5\nmetadata:\n  name: a\n  region: us-wst-2\n",
    /^c\.yaml:5: metadata\.region: us-wst-2 .*did you mean us-west-2/,
  ],
])("what is no ClusterConfig is refused: %j", (text, message) => {
  const run = () => fromEksctl(text, "c.yaml", OPTIONS);
  expect(run).toThrow(ImportError);
  expect(run).toThrow(message);
});
