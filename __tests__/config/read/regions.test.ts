import fc from "fast-check";
import { regionNumbers } from "../../../src/facts/region-numbers";
import { regions } from "../../../src/facts/regions";
import { explain } from "../../../src/fleet/explain";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { formatCidr, overlaps } from "../../../src/ip-capacity/cidr";
import type { Target } from "../../../src/model/target";
import { aFolder } from "../../support/fixtures";
import { ENVIRONMENT, problemsOf } from "../../support/problems";

const MESH = `ingress:
  dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }
  certificates: { email: platform@example.com }
secrets: { stores: { mesh: { paths: [mesh/], namespaces: [kube-system] } } }
mesh: { kind: cilium, certificateAuthority: { kind: secrets-manager, secret: { store: mesh, name: mesh/ca } } }
`;
const WIDE = "addresses: { vpcs: { from: 10.64.0.0/10, prefix: 16 } }, zones: [a, b, c]";

function environment(names: readonly string[], more = WIDE, rest = MESH): string {
  return `${ENVIRONMENT}regions: { in: [${names.join(", ")}], ${more} }\n${rest}`;
}

function targetsOf(
  environmentYaml: string,
  files: Readonly<Record<string, string>> = {},
): Record<string, Target> {
  const dir = aFolder({ "prod/environment.yaml": environmentYaml, ...files });
  return Object.fromEntries(loadFleet(dir).targets.map((target) => [target.region, target]));
}

const THREE = ["us-west-2", "us-east-1", "eu-west-1"];

describe("several regions from one key", () => {
  const targets = targetsOf(environment(THREE));

  test("are targets without files of their own, each the peer of every other one", () => {
    const peers = Object.values(targets).map(({ name, mesh, peers: connected }) => ({
      name,
      mesh: mesh.peers.map((peer) => peer.name),
      connected: connected.map((peer) => peer.name),
    }));

    expect(peers).toEqual(
      [...THREE].sort().map((region) => {
        const others = THREE.filter((each) => each !== region)
          .map((each) => `prod/${each}`)
          .sort();
        return { name: `prod/${region}`, mesh: others, connected: others };
      }),
    );
  });

  test("have zones, ranges, cluster ids and one mesh id", () => {
    const settings = Object.fromEntries(
      Object.entries(targets).map(([region, { config }]) => [
        region,
        { vpc: formatCidr(config.network.vpcCidr), zones: config.network.zones, mesh: config.mesh },
      ]),
    );

    expect(settings).toMatchObject({
      "us-east-1": { vpc: "10.64.0.0/16", mesh: { id: "prod", clusterId: 1 } },
      "us-west-2": {
        vpc: "10.65.0.0/16",
        zones: ["us-west-2a", "us-west-2b", "us-west-2c"],
        mesh: { id: "prod", clusterId: 2 },
      },
      "eu-west-1": { vpc: "10.66.0.0/16", mesh: { id: "prod", clusterId: 3 } },
    });
  });

  test("say by explain that the list gave it", () => {
    const target = targets["us-west-2"];
    if (target === undefined) throw new Error("no target");
    const places = new Set(
      ["network.vpcCidr", "network.zones", "mesh.clusterId", "mesh.peers"].flatMap((path) =>
        explain(target, path).map(({ from }) => from.replace(/^.*\//, "")),
      ),
    );

    expect([...places]).toEqual(["environment.yaml:8"]);
  });
});

test("one region is a cluster without peers, and becomes one of several without a change of its own", () => {
  const alone = targetsOf(environment(["us-west-2"]))["us-west-2"]?.config;
  const one = targetsOf(environment(THREE))["us-west-2"]?.config;

  expect(alone?.mesh).toMatchObject({ clusterId: 2, peers: [] });
  expect(alone?.network.connections.peers).toEqual([]);
  expect(one?.network.vpcCidr).toEqual(alone?.network.vpcCidr);
  expect(one?.mesh).toMatchObject({ clusterId: 2 });
});

test("the order of the list, and who else is in it, change no region's range or id", () => {
  const known = Object.keys(regions).filter((name) => regions[name]?.partition === "aws");
  fc.assert(
    fc.property(fc.shuffledSubarray(known, { minLength: 2, maxLength: 6 }), (names) => {
      const yaml = environment(names, `${WIDE}, join: none`, "");
      const files = Object.values(targetsOf(yaml));
      const cidrs = files.map(({ config }) => config.network.vpcCidr);

      expect(files.map(({ region, config }) => [region, formatCidr(config.network.vpcCidr)])).toEqual(
        [...names].sort().map((name) => [name, `10.${63 + (regionNumbers[name] ?? NaN)}.0.0/16`]),
      );
      expect(cidrs.some((a, i) => cidrs.some((b, j) => i < j && overlaps(a, b)))).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test("every region has a number, and no two the same", () => {
  expect(Object.keys(regionNumbers).sort()).toEqual(Object.keys(regions).sort());
  expect(new Set(Object.values(regionNumbers)).size).toBe(Object.keys(regionNumbers).length);
});

test("what was built by the numbers stands: a number that was given is never another region's", () => {
  expect(Object.entries(regionNumbers).slice(0, 8)).toEqual([
    ["us-east-1", 1],
    ["us-west-2", 2],
    ["eu-west-1", 3],
    ["eu-central-1", 4],
    ["us-east-2", 5],
    ["ap-southeast-1", 6],
    ["ap-southeast-2", 7],
    ["ap-northeast-1", 8],
  ]);
});

test("a region's own file lies over what the list gives it", () => {
  const { "us-east-1": east, "eu-west-1": west } = targetsOf(environment(THREE), {
    "prod/eu-west-1.yaml": "network: { zones: [eu-west-1a, eu-west-1b, eu-west-1d] }\nmesh: { replicas: 3 }",
  });

  expect(west?.config).toMatchObject({
    network: {
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1d"],
      connections: { peers: ["prod/us-east-1", "prod/us-west-2"] },
    },
    mesh: { replicas: 3, clusterId: 3 },
  });
  expect(east?.config.network.zones).toContain("us-east-1c");
});

test("a list alone joins the regions, whose files have their own ranges", () => {
  const files = Object.fromEntries(
    ["us-east-1", "us-west-2"].map((region, index) => [
      `prod/${region}.yaml`,
      `network: { vpcCidr: 10.${index}.0.0/16, zones: [${region}a, ${region}b, ${region}c] }`,
    ]),
  );
  const targets = targetsOf(`${ENVIRONMENT}regions: [us-east-1, us-west-2]\n${MESH}`, files);

  expect(targets["us-east-1"]?.mesh.peerNames).toEqual(["prod/us-west-2"]);
});

test("pod ranges of the overlay are apart, too", () => {
  const overlay = `${environment(THREE, `addresses: { vpcs: { from: 10.64.0.0/10, prefix: 16 }, pods: { from: 100.64.0.0/10, prefix: 16 } }, zones: [a, b, c]`).replace("kind: cilium-eni", "kind: cilium-overlay")}`;
  const pods = Object.values(targetsOf(overlay)).map(({ config: { cni } }) =>
    cni.kind === "cilium-overlay" ? formatCidr(cni.podCidr) : undefined,
  );

  expect(pods).toEqual(["100.66.0.0/16", "100.64.0.0/16", "100.65.0.0/16"]);
});

test("meshes of Istio share a trust domain, and identities of SPIRE don't", () => {
  const istio = `ingress: {}
mesh: { kind: istio, certificateAuthority: { kind: secrets-manager, secret: { store: mesh, name: mesh/ca } } }
secrets: { stores: { mesh: { paths: [mesh/], namespaces: [istio-system] } } }
identity: { kind: spire, caSubject: { country: NL, organization: Acme } }
`.replace(
    "ingress: {}",
    "ingress: { certificates: { email: platform@example.com }, dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } } }",
  );
  const { "us-east-1": east, "eu-west-1": west } = targetsOf(environment(THREE, WIDE, istio));

  expect([east, west].map((target) => target?.config.mesh)).toEqual([
    expect.objectContaining({ trustDomain: "prod.internal" }),
    expect.objectContaining({ trustDomain: "prod.internal" }),
  ]);
  expect([east, west].map((target) => target?.config.identity?.trustDomain)).toEqual([
    "prod-us-east-1.internal",
    "prod-eu-west-1.internal",
  ]);
});

const AT = "envs/prod/environment.yaml";

describe("one clear problem for", () => {
  test("all that is missing, at once", () => {
    expect(problemsOf({ "prod/environment.yaml": "regions: [us-west-2]\nmesh: { kind: cilium }\n" })).toEqual(
      [
        expect.stringContaining("account  is missing"),
        expect.stringContaining("nodes  is missing"),
        expect.stringContaining("release  is missing"),
        expect.stringContaining("runner  is missing"),
        expect.stringContaining("state  is missing"),
        `${AT}:1:11  network.vpcCidr  is missing for us-west-2; write regions: { in: [...], addresses: { vpcs: { from: <range>, prefix: 16 } } } for all regions, or network.vpcCidr in prod/us-west-2.yaml`,
        `${AT}:1:11  network.zones  is missing for us-west-2; write regions: { in: [...], zones: [a, b, c] } for all regions, or network.zones in prod/us-west-2.yaml`,
        expect.stringContaining("mesh.certificateAuthority  is missing"),
      ],
    );
  });

  test.each<[string, string, string]>([
    [
      "an unknown region",
      "regions: [us-east-9]\n",
      `${AT}:8:11  regions[0]: us-east-9  is not an AWS region with EKS; did you mean us-east-1?`,
    ],
    [
      "a region twice",
      "regions: [us-east-1, us-east-1]\n",
      `${AT}:8:1  regions  names a region twice; keep one`,
    ],
    [
      "no region",
      "regions: []\n",
      `${AT}:8:1  regions  names no region; list those that the environment is in`,
    ],
    [
      "an empty key",
      "regions:\n",
      `${AT}:8:9  regions: null  must be a list of regions, or { in: [<region>], addresses, zones }`,
    ],
    [
      "a range too narrow for a region's number",
      "regions: { in: [eu-west-1], zones: [a, b, c], addresses: { vpcs: { from: 10.0.0.0/15, prefix: 16 } } }\n",
      `${AT}:8:17  regions.addresses.vpcs: eu-west-1  has the number 3, and 10.0.0.0/15 has 2 blocks of /16; write a wider range, or regions.numbers: { eu-west-1: <number> }`,
    ],
    [
      "two regions of one number",
      "regions: { in: [eu-west-1, us-east-1], numbers: { eu-west-1: 1 }, zones: [a, b, c], addresses: { vpcs: { from: 10.0.0.0/15, prefix: 16 } } }\n",
      `${AT}:8:17  regions.numbers: eu-west-1  has the number 1, as us-east-1 does, so both would have the same addresses; write another in regions.numbers`,
    ],
    [
      "a range that all regions would share",
      `regions: { in: [eu-west-1], ${WIDE} }\nnetwork: { vpcCidr: 10.0.0.0/16 }\n`,
      `${AT}:9:12  network.vpcCidr  has no effect: regions gives each region its own; remove it, or write it in <region>.yaml`,
    ],
    [
      "a mesh to join without any",
      `regions: { in: [eu-west-1], ${WIDE}, join: mesh }\n`,
      `${AT}:8:17  regions.join: mesh  has no mesh whose clusters know each other; write mesh.kind: cilium or istio, or join: network`,
    ],
  ])("%s", (_of, yaml, line) => {
    expect(problemsOf({ "prod/environment.yaml": ENVIRONMENT + yaml })).toContain(line);
  });

  test("a file of a region that the list does not have", () => {
    expect(
      problemsOf({ "prod/environment.yaml": environment(["us-east-1"]), "prod/eu-west-1.yaml": "{}" }),
    ).toEqual([
      "envs/prod/eu-west-1.yaml:1:1  is of a region that regions in environment.yaml does not list; add it there, or remove the file",
    ]);
  });

  test.each(["platform.yaml", "prod/us-east-1.yaml"])("the list in %s", (file) => {
    const message = "makes the targets of one environment; write it in <environment>/environment.yaml";
    expect(
      problemsOf({ "prod/environment.yaml": environment(["us-east-1"]), [file]: "regions: [us-east-1]\n" }),
    ).toContain(`envs/${file}:1:1  regions  ${message}`);
  });
});
