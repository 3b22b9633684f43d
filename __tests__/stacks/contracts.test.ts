import { contracts } from "../../src/stacks/contracts";
import { networkContract } from "../../src/stacks/network/network-contract";
import type { PlatformStackName } from "../../src/model/stacks/stack-names";
import { cniModes } from "../support/cni-modes";
import { parsed, synthYaml } from "../support/synth";

/** What each stack publishes for those after it (docs/adr/0002-published-outputs.md). */
const NEEDED: Partial<Record<PlatformStackName, string[]>> = {
  network: [
    ...["vpc_id", "vpc_cidr_blocks", "public_subnet_ids", "node_subnet_ids", "pod_subnet_ids"],
    ...["control_plane_subnet_ids", "node_route_table_ids", "nat_public_ips", "endpoint_security_group_id"],
    ...["private_zone_ids", "egress_addresses", "egress_allocation_ids", "nat_gateway_ids"],
  ],
  cluster: [
    ...["name", "endpoint", "certificate_authority_data", "service_cidr", "ip_family", "version"],
    ...["oidc_provider_arn", "node_security_group_id", "cluster_security_group_id"],
    ...["cluster_primary_security_group_id", "secrets_key_arn", "logs_key_arn", "volumes_key_arn"],
  ],
  cni: ["kind", "version"],
  nodes: ["role_arns", "role_names", "autoscaling_group_names"],
  autoscaling: ["karpenter_aws", "keda_aws"],
  mesh: ["address", "reader_token"],
};

const shapes: [string, string][] = [
  ...cniModes,
  [
    "no way to the internet",
    "images: { mirror: registry.corp }\nnetwork: { egress: { kind: none }, endpoints: { set: isolated } }",
  ],
  [
    "all of autoscaling",
    `karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }
metricsServer: {}
keda: { queues: [orders] }
verticalPodAutoscaler: {}`,
  ],
  ["secrets and ingress", "secrets: { delivery: both }\ningress: {}"],
  ["nothing of autoscaling but the metrics server", "metricsServer: {}"],
  [
    "security groups for pods",
    "cni: { kind: vpc-cni, securityGroupsForPods: { policies: { db: { namespace: shop, podSelector: { a: b }, securityGroupIds: [sg-0a1b2c3d] } } } }",
  ],
  ["a mesh", "mesh: { kind: istio, id: acme, trustDomain: acme.internal }"],
  [
    "SPIRE, agents, a backup and Argo CD",
    `identity: { kind: spire, trustDomain: dev.acme.internal, caSubject: { country: DE, organization: Acme } }
observability: { prometheus: {}, logShipper: { kind: fluent-bit } }
backup: { volumes: files }
gitops: { repo: { url: 'https://git.corp/fleet.git' } }`,
  ],
  ["a firewall", "network: { egress: { kind: firewall, domains: [.quay.io] } }"],
  [
    "a transit gateway",
    "network: { egress: { kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 } }",
  ],
  ["a proxy", "network: { egress: { kind: proxy, httpsProxy: 'http://proxy.corp.example:3128' } }"],
  [
    "a service",
    "namespaces: { shop: {} }\nworkloads: { web: { namespace: shop, image: registry.corp/web:1, ports: { http: { port: 8080, protocol: http } }, resources: { cpus: 1, memoryMiB: 64 } } }",
  ],
  ["gateway endpoints only", "network: { endpoints: { set: gateway-only }, egress: { kind: nat-single } }"],
];

/** `upstream.output` of every reference to another stack's state. */
function references(json: string): [string, string][] {
  const found = json.matchAll(/data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/g);
  return [...found].map(([, stack = "", output = ""]) => [stack, output]);
}

test.each(Object.entries(NEEDED))("the contract of %s holds what downstream needs", (stack, outputs) => {
  expect(Object.keys(contracts[stack as PlatformStackName])).toEqual(expect.arrayContaining(outputs));
});

test.each(Object.entries(contracts))(
  "each output of %s says in words of its own what it is",
  (_, contract) => {
    const descriptions = Object.entries(contract).map(
      ([name, { description }]) => [name, description] as const,
    );
    const PHRASE = /^[\p{L}\d][\p{L}\d ,;:.'()_-]*[\p{L}\d)]$/u;

    expect(descriptions.filter(([, text]) => !PHRASE.test(text))).toEqual([]);
    expect(new Set(descriptions.map(([, text]) => text)).size).toBe(descriptions.length);
  },
);

describe.each(shapes)("with %s", (_name, yaml) => {
  const stacks = synthYaml(yaml);
  const present = Object.entries(contracts).filter(([name]) => name in stacks);

  test.each(present)("%s publishes its contract, all of it and nothing else", (name, contract) => {
    const outputs = parsed(stacks[name as PlatformStackName]).output ?? {};

    expect(Object.keys(outputs).sort()).toEqual(Object.keys(contract).sort());
  });

  test.each(present)("every output of %s has a value that Terraform keeps, and a description", (name) => {
    const outputs = Object.values(parsed(stacks[name as PlatformStackName]).output ?? {});

    // An empty map or list is left out by cdktf, and readers then find no such output.
    const isEmpty = (value: unknown) =>
      value === undefined || value === null || ["[]", "{}"].includes(JSON.stringify(value));
    expect(outputs.filter(({ value }) => isEmpty(value))).toEqual([]);
    expect(outputs.filter(({ description }) => typeof description !== "string")).toEqual([]);
  });

  test("every output that is read is one that its stack publishes", () => {
    const read = Object.values(stacks).flatMap(references);

    expect(read.length).toBeGreaterThan(0);
    const published = Object.entries(contracts).flatMap(([stack, contract]) =>
      Object.keys(contract).map((output) => `${stack}.${output}`),
    );
    expect(published).toEqual(expect.arrayContaining(read.map(([stack, output]) => `${stack}.${output}`)));
  });

  test("the references match the pattern of this test", () => {
    const all = Object.values(stacks)
      .join("")
      .match(/terraform_remote_state\./g)?.length;

    expect(Object.values(stacks).flatMap(references)).toHaveLength(all ?? -1);
  });
});

describe("outputs by zone", () => {
  const zoned = Object.entries(networkContract)
    .filter(([, { kind }]) => kind === "by-zone")
    .map(([name]) => name);
  const value = (yaml: string, name: string) => parsed(synthYaml(yaml).network).output?.[name]?.value;

  test.each(zoned)("%s has each zone as a key, in whatever order zones are written", (name) => {
    const forwards = value("network: { zones: [us-east-1a, us-east-1b, us-east-1c] }", name);
    const backwards = value("network: { zones: [us-east-1c, us-east-1b, us-east-1a] }", name);

    expect(Object.keys(forwards as object)).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
    expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards));
  });

  test("a reader names the zone", () => {
    const { nodes } = synthYaml();

    expect(nodes).toContain('terraform_remote_state.network.outputs.node_subnet_ids[\\"us-east-1b\\"]');
  });
});

test("maps without an entry are empty maps, not missing outputs", () => {
  const { network } = synthYaml("images: { mirror: registry.corp }\nnetwork: { egress: { kind: none } }");

  const outputs = parsed(network).output ?? {};
  expect(outputs.public_subnet_ids?.value).toBe("${tomap({})}");
  expect(outputs.nat_public_ips?.value).toBe("${tolist([])}");
});
