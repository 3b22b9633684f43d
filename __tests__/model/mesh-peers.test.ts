import { PRIVATE_CA as CA } from "../support/cluster-mesh";
import { ENVIRONMENT, problemsOf, problemsOfPair } from "../support/problems";

const SHARED = `${ENVIRONMENT}ingress:
  dns: { zones: { example.com: Z0123456789ABC } }
  certificates: { email: a@b.io }
secrets: {}
`;

interface Side {
  readonly id?: string;
  readonly trustDomain?: string;
  readonly arn?: string;
  readonly peers?: string;
  readonly connected?: string;
  readonly vpcCidr?: string;
  /** More keys of `mesh`. */
  readonly more?: string;
  /** More keys of the target. */
  readonly rest?: string;
}

function side(region: "us-east-1" | "us-west-2", peer: string, options: Side): string {
  const { id = "acme", trustDomain = "acme.internal", arn = CA, peers = peer } = options;
  return `network:
  vpcCidr: ${options.vpcCidr ?? (region === "us-east-1" ? "10.0.0.0/16" : "10.1.0.0/16")}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${options.connected ?? peer}] }
mesh:
  kind: istio
  id: ${id}
  trustDomain: ${trustDomain}
  certificateAuthority: { kind: aws-private-ca, arn: "${arn}" }
  peers: [${peers}]
${options.more ?? ""}${options.rest ?? ""}`;
}

/** What is said of a pair, one of which differs from a good one. Without places. */
function problems(west: Side = {}, east: Side = {}): string[] {
  return problemsOfPair(
    SHARED,
    side("us-east-1", "dev/us-west-2", east),
    side("us-west-2", "dev/us-east-1", west),
  );
}

const EAST = "envs/dev/us-east-1.yaml";
const WEST = "envs/dev/us-west-2.yaml";

test("a good pair has no problem", () => {
  expect(problems()).toEqual([]);
});

// Each side of a mesh names the other, and what both must agree on is compared before anything is deployed.
test.each<[string, Side, string]>([
  [
    "a pair of which one does not name the other",
    { peers: "" },
    `${EAST} mesh.peers[0]: dev/us-west-2  does not name dev/us-east-1 back; add it to mesh.peers in ${WEST}`,
  ],
  [
    "different mesh ids",
    { id: "other" },
    `${WEST} mesh.id: other  differs from acme of its peer dev/us-east-1 in ${EAST}; write the same mesh id in both`,
  ],
  [
    "different trust domains",
    { trustDomain: "other.internal" },
    `${WEST} mesh.trustDomain: other.internal  differs from acme.internal of its peer dev/us-east-1 in ${EAST}; write the same trust domain in both`,
  ],
  [
    "different CAs",
    { arn: CA.replace("/1234", "/abcd") },
    `${WEST} mesh.certificateAuthority.arn: ${CA.replace("/1234", "/abcd")}  differs from ${CA} of its peer dev/us-east-1 in ${EAST}; write the same CA in both, so that each trusts the other's workloads`,
  ],
  [
    "the same network name",
    { more: "  network: dev-us-east-1\n" },
    `${WEST} mesh.network: dev-us-east-1  is also the network of its peer dev/us-east-1, and pods of two VPCs don't reach each other; write another`,
  ],
  [
    "the same cluster name",
    { rest: "cluster: { name: dev-us-east-1 }\n" },
    `${WEST} cluster.name: dev-us-east-1  is also the cluster name of its mesh peer dev/us-east-1; write another cluster.name`,
  ],
  [
    "no route between them",
    { connected: "" },
    `${WEST} mesh.peers[0]: dev/us-east-1  is not connected with this target; add it to network.connections.peers of both`,
  ],
  [
    "overlapping addresses of pods, which are the VPC's",
    { vpcCidr: "10.0.128.0/17" },
    `${WEST} network.vpcCidr: 10.0.128.0/17  overlaps the VPC 10.0.0.0/16 of dev/us-east-1, its peer; write a free range`,
  ],
  [
    "releases too far apart",
    { rest: 'release: "2025.09"\n' },
    `${WEST} mesh.peers: dev/us-east-1  has Istio 1.29.6, and this target 1.27.9: more than one minor apart; write releases that are nearer`,
  ],
  [
    "a target as its own peer",
    { peers: "dev/us-west-2, dev/us-east-1" },
    `${WEST} mesh.peers[0]: dev/us-west-2  is this target itself; remove it`,
  ],
  [
    "an unknown peer",
    { peers: "dev/us-east-1, dev/us-north-1" },
    `${WEST} mesh.peers[1]: dev/us-north-1  is not a target; did you mean dev/us-east-1? Known: dev/us-east-1, dev/us-west-2`,
  ],
  [
    "failover to where no cluster is",
    { more: "  failover: { us-west-2: eu-west-1 }\n" },
    `${WEST} mesh.failover.us-west-2: eu-west-1  names eu-west-1, where this mesh has no cluster; it has us-east-1, us-west-2`,
  ],
  [
    "an API server with a public address",
    {
      rest: 'cluster: { endpoint: { kind: restricted-public, cidrs: [203.0.113.0/24], reason: "no VPN in the office" } }\n',
    },
    `${WEST} mesh.peers  would find the API server's public address, which lets nobody in by the VPC's; write cluster.endpoint: { kind: private }`,
  ],
])("refuses %s", (_name, west, expected) => {
  expect(problems(west)).toContain(expected);
});

test("refuses a peer without a mesh of its kind", () => {
  const west = `${side("us-west-2", "dev/us-east-1", {}).split("mesh:")[0]}mesh: { kind: istio-ambient, id: acme, trustDomain: acme.internal }\n`;

  expect(problemsOfPair(SHARED, side("us-east-1", "dev/us-west-2", {}), west)).toContain(
    `${EAST} mesh.peers[0]: dev/us-west-2  has no mesh of kind istio; write one in ${WEST}, or remove it here`,
  );
});

test("refuses peers without a CA in common, load balancers and External Secrets", () => {
  const alone = `network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b]
mesh: { kind: istio, id: acme, trustDomain: acme.internal, peers: [dev/us-west-2] }
`;
  const lines = problemsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": alone }).join("\n");

  expect(lines).toContain(
    "mesh.peers  would not trust this target's workloads; write mesh.certificateAuthority, the same in all of them",
  );
  expect(lines).toContain(
    "mesh.peers  read this cluster by a token that External Secrets hands over; write secrets: {} too, or delivery: both",
  );
  expect(lines).toContain(
    "mesh.peers  call this target through a load balancer, which the AWS Load Balancer Controller makes; write ingress too",
  );
});

test("refuses peers of pods that have IPv6 only", () => {
  const approved = '{ approvedBy: network-board, on: "2026-10-02" }';
  const rest = "cni: { kind: vpc-cni }\n";
  const west = side("us-west-2", "dev/us-east-1", { rest }).replace(
    "network:\n",
    `network:\n  ipv6: { mode: ipv6, readiness: { applications: ${approved}, on-premises: ${approved}, tooling: ${approved}, allow-lists: ${approved} } }\n`,
  );

  expect(problemsOfPair(SHARED, side("us-east-1", "dev/us-west-2", {}), west)).toContain(
    `${WEST} mesh.peers  are reached over IPv4, and pods of this target have IPv6 addresses only; remove them, or write another network.ipv6.mode`,
  );
});
