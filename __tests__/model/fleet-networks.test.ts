import { fleetRanges, reusedRanges } from "../../src/model/fleet-networks";
import { aTarget } from "../support/fixtures";
import { ENVIRONMENT, problemsOf } from "../support/problems";

const inRegion = (region: string, cidr: string, more = "") => `network:
  vpcCidr: ${cidr}
  zones: [${region}a, ${region}b, ${region}c]
  ${more}
`;
const DATACENTER = "connections: { onPremises: { cidrs: [10.200.0.0/14] } }";

test("targets that reach the same on-premises range must not overlap", () => {
  const files = {
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": inRegion("us-east-1", "10.0.0.0/16", DATACENTER),
    "dev/us-west-2.yaml": inRegion("us-west-2", "10.0.0.0/16", DATACENTER),
  };

  expect(problemsOf(files)).toEqual([
    "envs/dev/us-east-1.yaml:2:12  network.vpcCidr: 10.0.0.0/16  overlaps the VPC 10.0.0.0/16 of dev/us-west-2, which on-premises 10.200.0.0/14 reaches too; write a free range",
    "envs/dev/us-west-2.yaml:2:12  network.vpcCidr: 10.0.0.0/16  overlaps the VPC 10.0.0.0/16 of dev/us-east-1, which on-premises 10.200.0.0/14 reaches too; write a free range",
  ]);
});

test("targets that nothing connects may have the same addresses", () => {
  const files = {
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": inRegion("us-east-1", "10.0.0.0/16", DATACENTER),
    "dev/us-west-2.yaml": inRegion("us-west-2", "10.0.0.0/16"),
  };

  expect(problemsOf(files)).toEqual([]);
});

test("a service range must not hide a peer's VPC", () => {
  const files = {
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": inRegion("us-east-1", "10.0.0.0/16", "connections: { peers: [dev/us-west-2] }"),
    "dev/us-west-2.yaml":
      inRegion("us-west-2", "172.20.0.0/18", "connections: { peers: [dev/us-east-1] }") +
      "cluster: { serviceCidr: 10.100.0.0/16 }\n",
  };

  expect(problemsOf(files)).toContain(
    "envs/dev/us-east-1.yaml:1:1  cluster.serviceCidr: 172.20.0.0/16  overlaps the VPC 172.20.0.0/18 of dev/us-west-2, its peer; write a free range",
  );
});

// EKS chooses that range (EKS user guide, "Learn about IPv6 addresses to clusters, Pods, and services").
test("the service range of an IPv6 cluster is not the config's, and hides no peer", () => {
  const approved = '{ approvedBy: network-board, on: "2026-10-02" }';
  const ipv6 = `ipv6: { mode: ipv6, readiness: { applications: ${approved}, on-premises: ${approved}, tooling: ${approved}, allow-lists: ${approved} } }`;
  const east = (more: string) =>
    `${inRegion("us-east-1", "10.0.0.0/16", `connections: { peers: [dev/us-west-2] }\n  ${more}`)}cni: { kind: vpc-cni }\n`;
  const west =
    inRegion("us-west-2", "172.20.0.0/16", "connections: { peers: [dev/us-east-1] }") +
    "cluster: { serviceCidr: 10.100.0.0/16 }\n";
  const problems = (more: string) =>
    problemsOf({
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml": east(more),
      "dev/us-west-2.yaml": west,
    });

  expect(problems(ipv6)).toEqual([]);
  expect(problems("")).toContainEqual(
    expect.stringContaining("cluster.serviceCidr: 172.20.0.0/16  overlaps"),
  );
});

describe("overlay pods", () => {
  const overlay = (peer: string, region: string, vpcCidr: string) =>
    aTarget(
      `
cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }
network: { vpcCidr: ${vpcCidr}, connections: { peers: [dev/${peer}] } }`,
      { region },
    );
  const east = overlay("us-west-2", "us-east-1", "10.0.0.0/16");
  const west = overlay("us-east-1", "us-west-2", "10.1.0.0/16");
  const fleet = { targets: [east, west] };

  test("of peers may have one range, and the report says so", () => {
    expect(fleetRanges(fleet).conflicts).toEqual([]);
    expect(reusedRanges(fleet, west)).toEqual([
      "the pod range 100.64.0.0/11 may overlap that of dev/us-east-1, 100.64.0.0/11: overlay addresses are never seen outside their cluster",
    ]);
  });

  test("are not mentioned where they are the only ones", () => {
    expect(reusedRanges({ targets: [east] }, east)).toEqual([]);
  });
});
