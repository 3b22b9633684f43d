import fs from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { loadFleet } from "../src/fleet/load-fleet";
import type { Target } from "../src/model/target";
import { KEDA_AWS_AUTHENTICATION } from "../src/components/keda/keda";

const root = path.join(__dirname, "..");
const samples = loadFleet(path.join(root, "envs")).targets;
const examples = loadFleet(path.join(root, "examples", "envs")).targets;

function named(name: string): Target {
  const target = [...samples, ...examples].find((each) => each.name === name);
  if (target === undefined) throw new Error(`no sample ${name}`);
  return target;
}

// Samples that are alike would show nothing.
describe("the sample targets show real differences", () => {
  test("dev is small: one NAT gateway, Cilium in ENI mode", () => {
    expect(named("dev/us-east-1").config).toMatchObject({
      network: { egress: { kind: "nat-single" } },
      cni: { kind: "cilium-eni" },
    });
  });

  test("staging has the Amazon VPC CNI with prefixes", () => {
    expect(named("staging/eu-west-1").config.cni).toMatchObject({ kind: "vpc-cni", addressMode: "prefix" });
  });

  test.each([
    ["prod/us-east-1", "prod/us-west-2"],
    ["prod/us-west-2", "prod/us-east-1"],
  ])("%s is one of a pair", (name, peer) => {
    const { config } = named(name);

    expect(config.cni.kind).toBe("cilium-eni");
    expect(config.network.zones).toHaveLength(3);
    expect(config.network.connections.peers).toContain(peer);
  });

  // Two pairs, one for each way to join clusters.
  test.each([
    ["prod/us-east-1", "istio", "prod/us-west-2"],
    ["prod/us-west-2", "istio", "prod/us-east-1"],
    ["cluster-mesh/us-east-1", "cilium", "cluster-mesh/us-west-2"],
    ["cluster-mesh/us-west-2", "cilium", "cluster-mesh/us-east-1"],
  ])("%s is one mesh of %s with %s", (name, kind, peer) => {
    expect(named(name).config.mesh).toMatchObject({ kind, peers: [peer] });
  });

  test("prod/eu-west-1 is regulated: no NAT, images from a mirror", () => {
    const { config } = named("prod/eu-west-1");

    expect(config).toMatchObject({ cni: { kind: "cilium-eni" }, network: { egress: { kind: "none" } } });
    expect(config.images?.mirror).toContain(".dkr.ecr.eu-west-1.");
  });

  // An overlay, where pods take no address of the VPC.
  test.each([
    ["overlay-geneve", "geneve"],
    ["overlay-vxlan", "vxlan"],
  ])("%s tunnels pods", (environment, tunnel) => {
    const target = examples.find((each) => each.environment === environment);

    expect(target?.config.cni).toMatchObject({ kind: "cilium-overlay", tunnel });
  });

  test("the line of the references can still be chosen", () => {
    const target = examples.find(({ environment }) => environment === "reference");

    expect(target?.release).toMatchObject({ name: "2025.09", kubernetes: { version: "1.33" } });
    expect(target?.config.nodes.main).toMatchObject({
      instanceTypes: ["m7i.large"],
      size: { min: 3, max: 30 },
    });
  });

  // What to do when IPv4 runs out, or when databases know applications by their security groups.
  test.each([
    ["secondary-cidr", { cni: { kind: "vpc-cni", customNetworking: true } }],
    ["secondary-cilium", { cni: { kind: "cilium-eni" } }],
    ["ipv6", { network: { ipv6: { mode: "ipv6" } }, cni: { kind: "vpc-cni" } }],
    ["dual-stack", { network: { ipv6: { mode: "dual-stack" } } }],
    ["pod-security-groups", { cni: { kind: "vpc-cni", securityGroupsForPods: { enforcingMode: "strict" } } }],
    ["pod-groups-chaining", { cni: { kind: "cilium-chaining", securityGroupsForPods: {} } }],
  ])("%s shows its pattern", (environment, expected) => {
    const target = examples.find((each) => each.environment === environment);

    expect(target?.config).toMatchObject(expected);
  });
});

// What the workload names is what the target makes.
describe("examples/manifests/scaling.yaml fits its target", () => {
  const { config, region } = named("autoscaling/us-east-1");
  const text = fs.readFileSync(path.join(root, "examples", "manifests", "scaling.yaml"), "utf8");
  const [scaledObject, vpa, deployment] = parseAllDocuments(text).map((document) => JSON.stringify(document));

  test("its queue is one that KEDA may read, by the authentication that the platform makes", () => {
    const [queue = ""] = config.keda?.queues ?? [];

    expect(scaledObject).toContain(`https://sqs.${region}.amazonaws.com/${config.account.id}/${queue}"`);
    expect(scaledObject).toContain(
      `{"name":"${KEDA_AWS_AUTHENTICATION}","kind":"ClusterTriggerAuthentication"}`,
    );
  });

  test("its pods get onto the general pool", () => {
    const { labels, taints } = config.karpenter?.pools.general ?? {};

    expect(deployment).toContain(`"nodeSelector":${JSON.stringify(labels)}`);
    expect(deployment).toContain(
      `"key":"${taints?.[0]?.key}","operator":"Equal","value":"${taints?.[0]?.value}"`,
    );
  });

  test("its VPA only recommends, because KEDA scales the same pods", () => {
    expect(vpa).toContain('"updateMode":"Off"');
  });
});
