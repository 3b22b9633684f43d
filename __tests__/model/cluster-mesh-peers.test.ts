import { CLUSTER_MESH_YAML, PRIVATE_CA, STORED_CA } from "../support/cluster-mesh";
import { ENVIRONMENT, problemsOfPair } from "../support/problems";

const SHARED = `${ENVIRONMENT.replace("cni: { kind: cilium-eni }\n", "")}${CLUSTER_MESH_YAML}`;
const EAST = "envs/dev/us-east-1.yaml";
const WEST = "envs/dev/us-west-2.yaml";

interface Side {
  readonly id?: string;
  readonly clusterId?: number;
  readonly ca?: string;
  readonly peers?: string;
  readonly connected?: string;
  readonly vpcCidr?: string;
  readonly cni?: string;
  /** More keys of the target. */
  readonly rest?: string;
}

function side(region: "us-east-1" | "us-west-2", peer: string, options: Side): string {
  const isEast = region === "us-east-1";
  return `network:
  vpcCidr: ${options.vpcCidr ?? (isEast ? "10.0.0.0/16" : "10.1.0.0/16")}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${options.connected ?? peer}] }
cni: { ${options.cni ?? "kind: cilium-eni"} }
mesh:
  kind: cilium
  id: ${options.id ?? "acme"}
  clusterId: ${options.clusterId ?? (isEast ? 1 : 2)}
  certificateAuthority: ${options.ca ?? STORED_CA}
  peers: [${options.peers ?? peer}]
${options.rest ?? ""}`;
}

/** What is said of a pair. Without places. */
function problems(west: Side = {}, east: Side = {}): string[] {
  return problemsOfPair(
    SHARED,
    side("us-east-1", "dev/us-west-2", east),
    side("us-west-2", "dev/us-east-1", west),
  );
}

const overlay = (podCidr: string, more = "") => `kind: cilium-overlay, podCidr: ${podCidr}${more}`;

test.each<[string, Side, Side]>([
  ["in ENI mode", {}, {}],
  ["in overlay mode", { cni: overlay("100.64.0.0/12") }, { cni: overlay("100.80.0.0/12") }],
  [
    "with WireGuard",
    { cni: "kind: cilium-eni, encryption: wireguard" },
    { cni: "kind: cilium-eni, encryption: wireguard" },
  ],
])("a good pair %s has no problem", (_name, west, east) => {
  expect(problems(west, east)).toEqual([]);
});

// Each side of a mesh names the other, and what both must agree on is compared before anything is deployed.
test.each<[string, Side, string, Side?]>([
  [
    "a pair of which one does not name the other",
    { peers: "" },
    `${EAST} mesh.peers[0]: dev/us-west-2  does not name dev/us-east-1 back; add it to mesh.peers in ${WEST}`,
  ],
  [
    "the same cluster id",
    { clusterId: 1 },
    `${WEST} mesh.clusterId: 1  is also the cluster id of its peer dev/us-east-1; write another`,
  ],
  [
    "the same cluster name",
    { rest: "cluster: { name: dev-us-east-1 }\n" },
    `${WEST} cluster.name: dev-us-east-1  is also the cluster name of its mesh peer dev/us-east-1; write another cluster.name`,
  ],
  [
    "overlapping pod ranges",
    { cni: overlay("100.64.0.0/12") },
    `${WEST} cni.podCidr: 100.64.0.0/12  overlaps the pod range 100.64.0.0/11 of dev/us-east-1, its peer in Cilium's mesh, whose pods call these by address; write a free range`,
    { cni: overlay("100.64.0.0/11") },
  ],
  [
    "pods with the addresses of the peer's services",
    { cni: overlay("172.20.0.0/14") },
    `${WEST} cni.podCidr: 172.20.0.0/14  overlaps the service range 172.20.0.0/16 of dev/us-east-1, its peer in Cilium's mesh, whose pods call these by address; write a free range`,
    { cni: overlay("100.64.0.0/11") },
  ],
  [
    "overlapping pods with addresses of the VPC",
    { vpcCidr: "10.0.128.0/17" },
    `${WEST} network.vpcCidr: 10.0.128.0/17  overlaps the VPC 10.0.0.0/16 of dev/us-east-1, its peer; write a free range`,
  ],
  [
    "no route between them",
    { connected: "" },
    `${WEST} mesh.peers[0]: dev/us-east-1  is not connected with this target; add it to network.connections.peers of both`,
  ],
  [
    "different mesh ids",
    { id: "other" },
    `${WEST} mesh.id: other  differs from acme of its peer dev/us-east-1 in ${EAST}; write the same mesh id in both`,
  ],
  [
    "different CAs",
    { ca: "{ kind: secrets-manager, secret: { store: mesh, name: mesh/other } }" },
    `${WEST} mesh.certificateAuthority.secret.name: mesh/other  differs from mesh/ca of its peer dev/us-east-1 in ${EAST}; write the same CA in both, so that each trusts the other's workloads`,
  ],
  [
    "CAs of different kinds",
    { ca: `{ kind: aws-private-ca, arn: "${PRIVATE_CA}" }` },
    `${WEST} mesh.certificateAuthority.kind: aws-private-ca  differs from secrets-manager of its peer dev/us-east-1 in ${EAST}; write the same CA in both, so that each trusts the other's workloads`,
  ],
  [
    "different encapsulation",
    { cni: overlay("100.64.0.0/12", ", tunnel: vxlan") },
    `${WEST} cni.tunnel: vxlan  differs from geneve of dev/us-east-1, its peer in Cilium's mesh, whose packets it would not understand; write the same in both`,
    { cni: overlay("100.80.0.0/12") },
  ],
  [
    "different modes",
    {},
    `${WEST} cni.kind: cilium-eni  differs from cilium-overlay of dev/us-east-1, its peer in Cilium's mesh, whose packets it would not understand; write the same in both`,
    { cni: overlay("100.80.0.0/12") },
  ],
  [
    "WireGuard on one side",
    { cni: "kind: cilium-eni, encryption: wireguard" },
    `${WEST} cni.encryption: wireguard  differs from none of dev/us-east-1, its peer in Cilium's mesh, whose packets it would not understand; write the same in both`,
  ],
  [
    "a peer with another kind of mesh",
    { rest: "" },
    `${WEST} mesh.peers[0]: dev/us-east-1  has no mesh of kind cilium; write one in ${EAST}, or remove it here`,
    { rest: "%" },
  ],
])("refuses %s", (_name, west, expected, east = {}) => {
  if (east.rest !== "%") return expect(problems(west, east)).toContain(expected);
  const istio = side("us-east-1", "dev/us-west-2", {}).replace(
    /mesh:[^]*/,
    "mesh: { kind: istio, id: acme, trustDomain: acme.internal }\n",
  );
  expect(problemsOfPair(SHARED, istio, side("us-west-2", "dev/us-east-1", west))).toContain(expected);
});

test("refuses releases whose Cilium is too far apart", () => {
  const versions = (version: string) =>
    `versions: { cilium: { version: "${version}", reason: "a trial of the next line" } }\n`;
  const lines = problems({ rest: versions("1.21.0") }, {});

  expect(lines.join("\n")).toContain(
    `${WEST} mesh.peers: dev/us-east-1  has Cilium 1.19.6, and this target 1.21.0: more than one minor apart; write releases that are nearer`,
  );
});
