import type { Resource } from "../../../src/guardrails/resource";
import { ended, reachOf, sample } from "../support";

/** A longer route of one zone's nodes to a subnet of the peer, by a gateway that nobody here makes. */
const withRoute = (cidr: string) => (all: readonly Resource[]) => {
  const like = all.find(
    ({ type, address }) => type === "aws_route" && address.endsWith(".network_private-nat-us-east-1b"),
  );
  if (like === undefined) throw new Error("no route of the zone");
  const { nat_gateway_id: _, ...table } = like.attributes;
  return [
    ...all,
    {
      ...like,
      address: "aws_route.longer",
      attributes: { ...table, destination_cidr_block: cidr, transit_gateway_id: "tgw-0123456789abcdef0" },
    },
  ];
};

const toNetwork = (target: string, port: number, cidr: string) =>
  ended(
    reachOf(sample(target), withRoute(cidr)).judged.filter(
      ({ need, verdict }) =>
        need.kind === "mesh" && need.port === port && need.to.kind === "peer" && verdict !== "allowed",
    ),
  );

test.each([
  ["Istio's gateway", "prod/us-east-1", 15443, "10.1.80.0/22", "denied at route back"],
  ["Cluster Mesh's state", "cluster-mesh/us-east-1", 2379, "10.97.80.0/20", "undecided at transit gateway"],
])("each subnet of a peer's load balancers is reached: %s", (_, target, port, cidr, end) => {
  const found = toNetwork(target, port, cidr);

  expect(found).not.toEqual([]);
  expect(found).toContainEqual(expect.stringMatching(new RegExp(` ${end}: .*tgw-0123456789abcdef0`)));
});

test("subnets of a peer without load balancers and nodes are nobody's way", () => {
  expect(toNetwork("prod/us-east-1", 15443, "10.1.8.0/24")).toEqual([]);
});
