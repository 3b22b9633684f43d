import type { Target } from "../../../src/model/target";
import { isCalledOnNodes } from "../../../src/model/pod-network";
import { verdictOf } from "../../../src/reachability/hop";
import { decideVpc } from "../../../src/reachability/vpc/decide";
import type { InterfacePlace, VpcPlace } from "../../../src/reachability/vpc/places";
import { nodesOf, podPlaces } from "../../../src/reachability/vpc/senders";
import type { VpcWorld } from "../../../src/reachability/vpc/world";
import { webhookPorts } from "../../../src/stacks/cluster/webhook-ports";
import { samples, told, worldOf } from "./worlds";

const names = samples.map(({ name }) => name);
const named = (name: string): Target => {
  const found = samples.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const worlds = new Map<string, VpcWorld>();
function worldFor(name: string): VpcWorld {
  const found = worlds.get(name) ?? worldOf(named(name));
  worlds.set(name, found);
  return found;
}

function clusterOf(world: VpcWorld, { workspace }: Target) {
  const cluster = world.clusters.get(workspace);
  if (cluster === undefined) throw new Error(`no cluster of ${workspace}`);
  return cluster;
}

function senders(world: VpcWorld, { workspace }: Target): InterfacePlace[] {
  return [...nodesOf(world, workspace), ...podPlaces(world, workspace)];
}

const open = (world: VpcWorld, from: VpcPlace, to: VpcPlace, port: number) =>
  told(decideVpc(world, from, to, port));

describe.each(names)("%s", (name) => {
  const target = named(name);

  test("nodes and pods reach STS, ECR, S3 and EC2 by endpoints", () => {
    const world = worldFor(name);
    for (const from of senders(world, target))
      for (const service of ["sts", "api.ecr", "444444444444.dkr.ecr", "s3", "ec2"]) {
        const host = `${service}.${target.region}.amazonaws.com`;
        const hops = decideVpc(world, from, { kind: "name", name: host }, 443);
        expect(`${host} from ${from.name}: ${told(hops)}`).toBe(`${host} from ${from.name}: allowed`);
        // A set of endpoints that leaves them out sends them through the internet, S3 never.
        const byEndpoint = service === "s3" || target.config.network.endpoints.set !== "gateway-only";
        expect(hops.some(({ at }) => at === "nat")).toBe(!byEndpoint);
      }
  });

  test("nodes and pods call the API, the control plane calls kubelets, webhooks and aggregated APIs, and no other port", () => {
    const world = worldFor(name);
    const { controlPlane, nodes } = clusterOf(world, target);
    for (const from of senders(world, target)) expect(open(world, from, controlPlane, 443)).toBe("allowed");
    const called = isCalledOnNodes(target.config) ? nodes : podPlaces(world, target.workspace);
    for (const to of nodes) expect(open(world, controlPlane, to, 10250)).toBe("allowed");
    for (const to of called) {
      for (const port of Object.values(webhookPorts(target)))
        expect(`${port}: ${open(world, controlPlane, to, port)}`).toBe(`${port}: allowed`);
      expect(open(world, controlPlane, to, 12345)).toMatch(/^denied at security group of the receiver/);
    }
  });

  test("pods reach pods", () => {
    const world = worldFor(name);
    const pods = podPlaces(world, target.workspace);
    for (const from of pods) for (const to of pods) expect(open(world, from, to, 8080)).toBe("allowed");
  });

  test("pods reach the internet where the network has a way out of its own, and as far as that lets them", () => {
    const world = worldFor(name);
    const { egress } = target.config.network;
    const expected: Readonly<Record<string, RegExp>> = {
      "nat-per-zone": /^allowed$/,
      "nat-single": /^allowed$/,
      firewall:
        /^denied at firewall: no rule of aws_networkfirewall_firewall_policy\.firewall_policy lets example\.org through/,
      "transit-gateway": /^undecided at transit gateway/,
      proxy: /^undecided at proxy: example\.org is called through proxy\.corp\.example:3128/,
      none: /^denied at route out: .* has no route to the internet$/,
    };
    for (const from of senders(world, target))
      expect(open(world, from, { kind: "name", name: "example.org" }, 443)).toMatch(
        expected[egress.kind] ?? egress.kind,
      );
  });

  test("nobody in the internet reaches nodes, pods or the control plane", () => {
    const world = worldFor(name);
    const { controlPlane } = clusterOf(world, target);
    for (const to of [...senders(world, target), controlPlane])
      for (const range of ["0.0.0.0/0", "::/0"])
        expect(verdictOf(decideVpc(world, { kind: "range", range }, to, 443))).toBe("denied");
  });

  test("pods don't read their node's instance metadata", () => {
    const world = worldFor(name);
    for (const from of podPlaces(world, target.workspace))
      expect(open(world, from, { kind: "imds" }, 80)).toMatch(/^denied .* the hop limit is 1$/);
    for (const from of nodesOf(world, target.workspace))
      expect(open(world, from, { kind: "imds" }, 80)).toBe("allowed");
  });
});

describe.each([
  ["prod/us-east-1", "prod/us-west-2", [15012, 15017, 15443]],
  ["prod/us-west-2", "prod/us-east-1", [15012, 15017, 15443]],
  ["cluster-mesh/us-east-1", "cluster-mesh/us-west-2", [8080]],
  ["cluster-mesh/us-west-2", "cluster-mesh/us-east-1", [8080]],
] as const)("%s to its peer %s", (one, other, ports) => {
  const world = worldOf(named(one), named(other));
  const [here, there] = [named(one).workspace, named(other).workspace];

  test("pods reach the peer's pods by the peering, with their own addresses, and get answers", () => {
    for (const from of podPlaces(world, here))
      for (const to of podPlaces(world, there))
        for (const port of ports) {
          const hops = decideVpc(world, from, to, port);
          expect(told(hops)).toBe("allowed");
          expect(hops.find(({ at }) => at === "peering")?.verdict).toBe("allowed");
          expect(hops.find(({ at }) => at === "source address")?.says).toBe(
            "packets carry the pod's own address",
          );
        }
  });

  test("no database port of the peer's nodes is open to them", () => {
    for (const from of podPlaces(world, here))
      for (const to of podPlaces(world, there))
        expect(told(decideVpc(world, from, to, 22))).toMatch(/^denied at security group of the receiver/);
  });
});

test("istiod reads the API of its peer, and the load balancer of Cilium's state is reached from the peer and reaches its pods", () => {
  const prod = worldOf(named("prod/us-east-1"), named("prod/us-west-2"));
  const api = clusterOf(prod, named("prod/us-west-2")).controlPlane;
  for (const from of podPlaces(prod, "prod-us-east-1")) expect(open(prod, from, api, 443)).toBe("allowed");

  const mesh = worldOf(named("cluster-mesh/us-east-1"), named("cluster-mesh/us-west-2"));
  const [balancer] = mesh.balancers.filter(({ target }) => target === "cluster-mesh-us-east-1");
  if (balancer === undefined) throw new Error("no load balancer");
  for (const from of podPlaces(mesh, "cluster-mesh-us-west-2"))
    expect(open(mesh, from, balancer, 2379)).toBe("allowed");
  for (const to of podPlaces(mesh, "cluster-mesh-us-east-1"))
    expect(open(mesh, balancer, to, 2379)).toBe("allowed");
  expect(open(mesh, balancer, podPlaces(mesh, "cluster-mesh-us-east-1")[0] ?? balancer, 443)).toMatch(
    /^denied at security group of the sender/,
  );
});
