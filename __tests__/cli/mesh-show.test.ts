import { meshMermaid, meshText } from "../../src/cli/mesh/mesh-text";
import { meshPictures } from "../../src/fleet/mesh-picture";
import { connectTargets } from "../../src/model/target";
import { CLUSTER_MESH_YAML, PRIVATE_CA as CA, STORED_CA } from "../support/cluster-mesh";
import { aTarget } from "../support/fixtures";

function side(region: string, peer: string, options: { id?: string; connected?: string } = {}) {
  return aTarget(
    `
network:
  zones: [${region}a, ${region}b]
  connections: { peers: [${options.connected ?? peer}] }
ingress: { certificates: { email: a@b.io } }
secrets: {}
mesh:
  kind: istio
  id: ${options.id ?? "acme"}
  trustDomain: acme.internal
  certificateAuthority: { kind: aws-private-ca, arn: "${CA}" }
  peers: [${peer}]
`,
    { region },
  );
}

const pictures = (connected?: string) =>
  meshPictures({
    targets: connectTargets([
      side("us-east-1", "dev/us-west-2", connected === undefined ? {} : { connected }),
      side("us-west-2", "dev/us-east-1"),
    ]),
  });

test("text names clusters, their networks and what connects them", () => {
  expect(meshText(pictures()).split("\n")).toEqual([
    "mesh acme, trust domain acme.internal",
    "TARGET         NETWORK        KIND   VERSION  ENCRYPTION",
    "dev/us-east-1  dev-us-east-1  istio  1.29.6   strict",
    "dev/us-west-2  dev-us-west-2  istio  1.29.6   strict",
    "dev/us-east-1 <-> dev/us-west-2  by peering",
  ]);
});

test("what is missing is reported with its remedy", () => {
  expect(meshText(pictures(""))).toContain("dev/us-east-1 <-> dev/us-west-2  not connected");
  expect(pictures("")[0]?.missing).toContain(
    "dev/us-east-1: mesh.peers[0]: is not connected with this target; add it to network.connections.peers of both",
  );
});

test("Mermaid draws what is connected and dots what is not", () => {
  expect(meshMermaid(pictures()).split("\n")).toEqual([
    "flowchart LR",
    '  subgraph mesh0["acme"]',
    '    dev_us_east_1["dev/us-east-1<br/>dev-us-east-1"]',
    '    dev_us_west_2["dev/us-west-2<br/>dev-us-west-2"]',
    "  end",
    "  dev_us_east_1 <-->|peering| dev_us_west_2",
  ]);
  expect(meshMermaid(pictures(""))).toContain("  dev_us_east_1 -.- dev_us_west_2");
});

test("Cilium's mesh shows ids, and encryption between nodes", () => {
  const cluster = (region: string, peer: string, id: number) =>
    aTarget(
      `
network: { zones: [${region}a, ${region}b], connections: { peers: [${peer}] } }
cni: { encryption: wireguard }
${CLUSTER_MESH_YAML}mesh: { kind: cilium, id: acme, clusterId: ${id}, certificateAuthority: ${STORED_CA}, peers: [${peer}] }
`,
      { region },
    );
  const targets = connectTargets([
    cluster("us-east-1", "dev/us-west-2", 1),
    cluster("us-west-2", "dev/us-east-1", 1),
  ]);

  expect(meshText(meshPictures({ targets })).split("\n")).toEqual([
    "mesh acme",
    "TARGET         NETWORK  KIND    VERSION  ENCRYPTION",
    "dev/us-east-1  id 1     cilium  1.19.6   wireguard",
    "dev/us-west-2  id 1     cilium  1.19.6   wireguard",
    "dev/us-east-1 <-> dev/us-west-2  by peering",
    ...[
      "dev/us-east-1: mesh.clusterId: is also the cluster id of its peer dev/us-west-2",
      "dev/us-west-2: mesh.clusterId: is also the cluster id of its peer dev/us-east-1",
    ].map((line) => `missing: ${line}; write another`),
  ]);
  expect(meshMermaid(meshPictures({ targets }))).toContain('dev_us_east_1["dev/us-east-1<br/>id 1"]');
});

test("a fleet without meshes says so", () => {
  expect(meshText(meshPictures({ targets: [aTarget()] }))).toBe("no target has a mesh");
});
