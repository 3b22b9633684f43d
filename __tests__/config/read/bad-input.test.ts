import { readFleet } from "../../../src/fleet/load-fleet";
import { formatProblem } from "../../../src/config/read/problem";
import { ENVIRONMENT, NETWORK, problemsIn, problemsOf } from "../../support/problems";

test("a valid target has no problem", () => {
  expect(problemsIn(NETWORK)).toEqual([]);
});

describe("the schema", () => {
  test.each<[string, string, string]>([
    [
      "an unknown key, with the nearest known one",
      `${NETWORK}  egres: { kind: none }\n`,
      "envs/dev/us-east-1.yaml:4:3  network.egres  is not a known key; did you mean egress?",
    ],
    [
      "an unknown key near none, with those that are known",
      `${NETWORK}  egress: { kind: nat-single, colour: red }\n`,
      "envs/dev/us-east-1.yaml:4:31  network.egress.colour  is not a known key; known here: kind, reason",
    ],
    [
      "text in place of a number",
      `${NETWORK}nodes: { main: { size: { max: many } } }\n`,
      "envs/dev/us-east-1.yaml:4:31  nodes.main.size.max: many  is text, not a number",
    ],
    [
      "a number in place of text",
      `${NETWORK}account: { id: 111122223333 }\n`,
      "envs/dev/us-east-1.yaml:4:16  account.id: 111122223333  is not an account id; write its 12 digits in quotes, so that leading zeros stay",
    ],
    [
      "a unit in a number",
      `${NETWORK}nodes: { main: { rootVolumeGiB: 50Gi } }\n`,
      "envs/dev/us-east-1.yaml:4:33  nodes.main.rootVolumeGiB: 50Gi  is text, not a number; write for example 50",
    ],
    [
      "a number out of range",
      `${NETWORK}nodes: { main: { rootVolumeGiB: 5 } }\n`,
      "envs/dev/us-east-1.yaml:4:33  nodes.main.rootVolumeGiB: 5  is out of range; write at least 20",
    ],
    [
      "a choice that is not there",
      `${NETWORK}  egress: { kind: nat-per-zon }\n`,
      "envs/dev/us-east-1.yaml:4:19  network.egress.kind: nat-per-zon  must be one of nat-per-zone, nat-single, firewall, transit-gateway, proxy, none; did you mean nat-per-zone?",
    ],
    [
      "an unknown release",
      `${NETWORK}release: "2026.12"\n`,
      "envs/dev/us-east-1.yaml:4:10  release: 2026.12  must be one of 2025.09, 2026.11; did you mean 2026.11?",
    ],
    [
      "host bits in a CIDR, with the corrected one",
      NETWORK.replace("10.0.0.0/16", "10.0.3.0/16"),
      "envs/dev/us-east-1.yaml:2:12  network.vpcCidr: 10.0.3.0/16  has host bits set; write 10.0.0.0/16",
    ],
    [
      "no CIDR at all",
      NETWORK.replace("10.0.0.0/16", "10.0.0.0"),
      "envs/dev/us-east-1.yaml:2:12  network.vpcCidr: 10.0.0.0  is not an IPv4 CIDR; write for example 10.0.0.0/16",
    ],
    [
      "a VPC that AWS does not take",
      NETWORK.replace("10.0.0.0/16", "10.0.0.0/8"),
      "envs/dev/us-east-1.yaml:2:12  network.vpcCidr: 10.0.0.0/8  has a prefix that no VPC can have; write /16 to /28",
    ],
    [
      "too few zones",
      NETWORK.replace("[us-east-1a, us-east-1b, us-east-1c]", "[us-east-1a]"),
      "envs/dev/us-east-1.yaml:3:3  network.zones  has too few zones; EKS needs two, and production three",
    ],
    [
      "a public endpoint to the world",
      `${NETWORK}cluster: { endpoint: { kind: restricted-public, cidrs: [0.0.0.0/0], reason: for a short test } }\n`,
      "envs/dev/us-east-1.yaml:4:57  cluster.endpoint.cidrs[0]: 0.0.0.0/0  opens the API server to the world; write the office's or VPN's ranges, /8 or narrower",
    ],
    [
      "a missing required value",
      "network: { zones: [us-east-1a, us-east-1b] }\n",
      "envs/dev/us-east-1.yaml:1:1  network.vpcCidr  is missing (IPv4 range of the VPC, /16 to /28); write for example vpcCidr: 10.0.0.0/16",
    ],
    [
      "a node group name that AWS would not take",
      `${NETWORK}nodes: { Main_1: { instanceTypes: [m7i.large], size: { min: 1, max: 2 } } }\n`,
      "envs/dev/us-east-1.yaml:4:10  nodes.Main_1  is not a name; write lower-case letters, digits and dashes, at most 21, starting with a letter",
    ],
  ])("reports %s", (_what, text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test("reports duplicate keys and broken YAML where they stand", () => {
    expect(problemsIn(`${NETWORK}tags: {}\ntags: { a: b }\n`)).toEqual([
      "envs/dev/us-east-1.yaml:5:1  tags  this key is listed twice; keep one of them",
    ]);
    const [first] = problemsIn(`${NETWORK}tags: { a: b\n`);
    expect(first).toMatch(
      /^envs\/dev\/us-east-1\.yaml:\d+:\d+ {2}is not valid YAML: .*; mend the syntax here$/,
    );
  });
});

describe("the checks", () => {
  test.each<[string, string, string]>([
    [
      "an unknown instance type",
      `${NETWORK}nodes: { main: { instanceTypes: [m7i.larg] } }\n`,
      "envs/dev/us-east-1.yaml:4:34  nodes.main.instanceTypes[0]: m7i.larg  is not an EC2 instance type; near it: m7i.large, c7i.large, i7i.large",
    ],
    [
      "instance types of two architectures",
      `${NETWORK}nodes: { main: { instanceTypes: [m7i.large, m7g.large] } }\n`,
      "envs/dev/us-east-1.yaml:4:18  nodes.main.instanceTypes: [m7i.large, m7g.large]  mixes arm64 and x86_64, and a group has one AMI; make two groups",
    ],
    [
      "a zone of another region",
      NETWORK.replace("us-east-1c", "us-west-2c"),
      "envs/dev/us-east-1.yaml:3:35  network.zones[2]: us-west-2c  is not in us-east-1; write for example us-east-1a",
    ],
    [
      "a service range that overlaps the VPC",
      `${NETWORK}cluster: { serviceCidr: 10.0.128.0/20 }\n`,
      "envs/dev/us-east-1.yaml:4:25  cluster.serviceCidr: 10.0.128.0/20  overlaps the VPC 10.0.0.0/16 (network.vpcCidr); write a free range",
    ],
    [
      "a pod range that overlaps the VPC",
      `${NETWORK}cni: { kind: cilium-overlay, podCidr: 10.0.0.0/13 }\n`,
      "envs/dev/us-east-1.yaml:4:39  cni.podCidr: 10.0.0.0/13  overlaps the VPC 10.0.0.0/16 (network.vpcCidr); write a free range",
    ],
    [
      "an on-premises range that overlaps",
      `${NETWORK}  connections: { onPremises: { cidrs: [10.0.0.0/8] } }\n`,
      "envs/dev/us-east-1.yaml:4:40  network.connections.onPremises.cidrs[0]: 10.0.0.0/8  overlaps the VPC 10.0.0.0/16 (network.vpcCidr); write a free range",
    ],
    [
      "a subnet outside the VPC",
      `${NETWORK}  subnets: { nodes: { cidrs: { us-east-1a: 10.0.1.0/24, us-east-1b: 10.0.2.0/24, us-east-1c: 10.1.3.0/24 } } }\n`,
      "envs/dev/us-east-1.yaml:4:94  network.subnets.nodes.cidrs.us-east-1c: 10.1.3.0/24  is outside the VPC's 10.0.0.0/16; write a block inside it",
    ],
    [
      "subnets that leave no room for a tier that is not written",
      `${NETWORK}  subnets: { public: { prefix: 24, from: 10.1.0.0/20 }, nodes: { cidrs: { us-east-1a: 10.0.0.0/18, us-east-1b: 10.0.64.0/18, us-east-1c: 10.0.128.0/17 } } }\n  secondaryCidrs: [10.1.0.0/20]\n`,
      "envs/dev/us-east-1.yaml:4:3  network.subnets.controlPlane.prefix  has no room in us-east-1a: the subnets that are written leave no /28 of 10.0.0.0/16 free; write network.subnets.controlPlane with cidrs, or a larger vpcCidr",
    ],
    [
      "subnets that overlap",
      `${NETWORK}  subnets: { nodes: { cidrs: { us-east-1a: 10.0.1.0/24, us-east-1b: 10.0.1.128/25, us-east-1c: 10.0.3.0/24 } } }\n`,
      "envs/dev/us-east-1.yaml:4:69  network.subnets.nodes.cidrs.us-east-1b: 10.0.1.128/25  overlaps 10.0.1.0/24 (nodes in us-east-1a); write a block of its own",
    ],
    [
      "a zone without its subnet",
      `${NETWORK}  subnets: { nodes: { cidrs: { us-east-1a: 10.0.1.0/24, us-east-1b: 10.0.2.0/24 } } }\n`,
      "envs/dev/us-east-1.yaml:4:23  network.subnets.nodes.cidrs  has no subnet for us-east-1c; add us-east-1c: <cidr>",
    ],
    [
      "a tier larger than its share",
      `${NETWORK}  subnets: { nodes: { prefix: 18 } }\n`,
      "envs/dev/us-east-1.yaml:4:31  network.subnets.nodes.prefix: 18  /18 does not fit: of 10.0.0.0/16 in 4 zone blocks nodes can have /20 down to /28; give cidrs for this tier, or a larger vpcCidr",
    ],
    [
      "no way out and no image mirror",
      `${NETWORK}  egress: { kind: none }\n  endpoints: { set: isolated }\n`,
      "envs/dev/us-east-1.yaml:4:19  network.egress.kind: none  leaves no way to any image registry; write images.mirror: <registry in this region>, or a NAT kind",
    ],
    [
      "a private endpoint and no way for the runner",
      `${NETWORK}runner: null\n`,
      "envs/dev/us-east-1.yaml:1:1  runner  is missing, and the API server is private; write runner: { reach: in-vpc | peered | ssm-tunnel } so that it lets the runner in",
    ],
    [
      "cluster-pool with native routing",
      `${NETWORK}cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, routing: native }\n`,
      "envs/dev/us-east-1.yaml:4:63  cni.routing: native  can't work: the VPC has no route to pod addresses of its own, and autoDirectNodeRoutes needs all nodes in one subnet, so zones lose each other; write tunnel, or cni.kind: cilium-eni for native routing",
    ],
    [
      "extended support that nobody asked for",
      `${NETWORK}release: "2025.09"\n`,
      "envs/dev/us-east-1.yaml:1:1  cluster.supportPolicy: standard  can't be: Kubernetes 1.33 of release 2025.09 left standard support on 2026-07-29; write extended (0.60 USD per cluster hour in place of 0.10), or a later release",
    ],
    [
      "nodes that keep CoreDNS out",
      `${NETWORK}nodes: { main: { taints: ["dedicated=batch:NoSchedule"] } }\n`,
      "envs/dev/us-east-1.yaml:4:1  nodes  keeps CoreDNS off every node by taints; leave one group without taints, or with CriticalAddonsOnly only",
    ],
    [
      "more pods than a node has addresses",
      `${NETWORK}cni: { kind: vpc-cni, addressMode: secondary-ip }\nnodes: { main: { maxPods: 110 } }\n`,
      "envs/dev/us-east-1.yaml:5:27  nodes.main.maxPods: 110  is more than m7i.large can have with secondary-ip; write auto, or at most 29",
    ],
  ])("report %s", (_what, text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test("production needs three zones, a NAT gateway in each, and deletion protection", () => {
    const text = `network: { vpcCidr: 10.0.0.0/16, zones: [us-east-1a, us-east-1b], egress: { kind: nat-single } }
cluster: { deletionProtection: false }
`;

    expect(problemsIn(text, ENVIRONMENT, "prod")).toEqual([
      "envs/prod/us-east-1.yaml:1:34  network.zones: [us-east-1a, us-east-1b]  has too few zones for production; write three, for example with us-east-1c",
      "envs/prod/us-east-1.yaml:1:83  network.egress.kind: nat-single  makes every zone of a production target depend on one; write nat-per-zone, or a reason: beside it",
      "envs/prod/us-east-1.yaml:2:32  cluster.deletionProtection: false  leaves a production cluster unprotected; write true, or cluster.deletionProtectionReason: <why>",
    ]);
  });
});

describe("the fleet", () => {
  test("reports an unknown region", () => {
    const files = { "dev/environment.yaml": ENVIRONMENT, "dev/us-east-9.yaml": NETWORK };

    expect(problemsOf(files)).toEqual([
      "envs/dev/us-east-9.yaml:1:1  the file's name us-east-9 is not an AWS region with EKS; did you mean us-east-1?",
    ]);
  });

  test("reports two targets with one workspace", () => {
    const files = {
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml": NETWORK,
      "dev/us-east-1.yml": NETWORK,
    };

    expect(problemsOf(files)).toEqual([
      "envs/dev/us-east-1.yml:1:1  gives the workspace dev-us-east-1, as us-east-1.yaml does; remove one of the two files",
    ]);
  });

  test("reports peers that overlap, do not exist, or do not name each other", () => {
    const peered = (cidr: string, region: string, peer: string) => `network:
  vpcCidr: ${cidr}
  zones: [${region}a, ${region}b, ${region}c]
  connections: { peers: [${peer}] }
`;
    const files = {
      "dev/environment.yaml": ENVIRONMENT,
      "dev/eu-west-1.yaml": peered("10.2.0.0/16", "eu-west-1", "dev/us-east-1"),
      "dev/us-east-1.yaml": peered("10.0.0.0/16", "us-east-1", "dev/us-west-2"),
      "dev/us-west-2.yaml": peered("10.0.128.0/17", "us-west-2", "dev/us-east-1, dev/mars"),
    };

    expect(problemsOf(files)).toEqual([
      "envs/dev/eu-west-1.yaml:4:26  network.connections.peers[0]: dev/us-east-1  does not name dev/eu-west-1 back; add it to network.connections.peers in envs/dev/us-east-1.yaml",
      "envs/dev/us-east-1.yaml:2:12  network.vpcCidr: 10.0.0.0/16  overlaps the VPC 10.0.128.0/17 of dev/us-west-2, its peer; write a free range",
      "envs/dev/us-west-2.yaml:2:12  network.vpcCidr: 10.0.128.0/17  overlaps the VPC 10.0.0.0/16 of dev/us-east-1, its peer; write a free range",
      "envs/dev/us-west-2.yaml:4:41  network.connections.peers[1]: dev/mars  is not a target; write one of dev/eu-west-1, dev/us-east-1, dev/us-west-2",
    ]);
  });

  test("reports a missing folder and one without targets", () => {
    expect(readFleet("no-such-folder").problems.map(formatProblem)).toEqual([
      "no-such-folder:1:1  is missing; begin with npx octarine init, or name the folder of targets with --envs",
    ]);
    expect(problemsOf({ "platform.yaml": "" })[0]).toMatch(
      /has no target; add <environment>\/<region>\.yaml/,
    );
  });

  test("reports every problem of every file at once, by file and line", () => {
    const files = {
      "dev/environment.yaml": `${ENVIRONMENT}colour: red\n`,
      "dev/us-east-1.yaml": `${NETWORK}cluster: { serviceCidr: 10.0.0.0/20 }\nnodes: { main: { instanceTypes: [m7i.lage], size: { min: x } } }\n`,
      "dev/us-west-2.yaml": "network: { vpcCidr: 10.0.0.0/33 }\n",
    };

    expect(problemsOf(files).map((line) => line.split("  ").slice(0, 2).join(" "))).toEqual([
      "envs/dev/environment.yaml:8:1 colour",
      "envs/dev/us-east-1.yaml:4:25 cluster.serviceCidr: 10.0.0.0/20",
      "envs/dev/us-east-1.yaml:5:34 nodes.main.instanceTypes[0]: m7i.lage",
      "envs/dev/us-east-1.yaml:5:58 nodes.main.size.min: x",
      "envs/dev/us-west-2.yaml:1:1 network.zones",
      "envs/dev/us-west-2.yaml:1:21 network.vpcCidr: 10.0.0.0/33",
    ]);
  });
});
