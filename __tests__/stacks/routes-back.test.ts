import path from "node:path";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { loadFleet } from "../../src/fleet/load-fleet";
import { connectTargets, type Target } from "../../src/model/target";
import { fleetWarnings } from "../../src/fleet/warnings";
import { contains, formatCidr, parseCidr } from "../../src/ip-capacity/cidr";
import { admittedRanges, leadsTo, type Place, routedFrom, stacksFor } from "../support/admitted-ranges";
import { aFolder, aTarget, BASE_YAML } from "../support/fixtures";
import { parsed, resourcesOf, synthTarget } from "../support/synth";

const TGW = "tgw-0123456789abcdef0";
const root = path.join(__dirname, "..", "..");

/** Ranges that are let in and that no route leads back to, by the stacks of a target; nothing: all is well. */
function unanswered(target: Target, fleet: readonly Target[] = []): string[] {
  const stacks = stacksFor(target, fleet);
  const { network } = target.config;
  const elsewhere = target.routedRanges.flatMap(({ via, ranges }) =>
    via.kind === "elsewhere" ? ranges : [],
  );
  return admittedRanges(stacks, target.vpcCidrs.map(formatCidr))
    .filter(({ cidr }) => cidr.includes(":") || !elsewhere.some((each) => contains(each, parseCidr(cidr))))
    .filter(({ place, cidr }) => !leadsTo(routedFrom(place, stacks, network.zones), cidr))
    .map(({ place, cidr, by }) => `${by}: ${cidr} is let in, and no route leads back from ${place}`);
}

describe("a range that is let in has a route back, from wherever the answer leaves", () => {
  const samples = ["envs", path.join("examples", "envs")].flatMap(
    (envs) => loadFleet(path.join(root, envs)).targets,
  );

  test.each(samples.map((target) => [target.name, target] as const))("of the sample %s", (_name, target) => {
    expect(unanswered(target, samples)).toEqual([]);
  });

  test("of any network that a person could write", () => {
    const via = fc.constantFrom(TGW, "tgw-0fedcba9876543210");
    const acl = fc.constantFrom(
      { kind: "baseline" },
      { kind: "none", reason: "security groups are enough here" },
    );
    const networks = fc.record(
      {
        networkAcls: acl,
        secondaryCidrs: fc.constant(["100.64.0.0/16"]),
        egress: fc.constantFrom(
          { kind: "nat-per-zone" },
          { kind: "firewall", domains: [".quay.io"] },
          { kind: "transit-gateway", transitGatewayId: TGW },
          { kind: "proxy", httpsProxy: "http://10.200.0.9:3128" },
        ),
        ipv6: fc.constant({ mode: "dual-stack" }),
        dns: fc.constant({ resolverInbound: true }),
        connections: fc.record(
          {
            onPremises: fc.record({
              cidrs: fc.constantFrom(["10.200.0.0/14"], ["10.200.0.0/14", "192.168.0.0/16"]),
              via,
            }),
            peers: fc.constant(["dev/us-west-2"]),
            peersVia: via,
          },
          { requiredKeys: ["onPremises"] },
        ),
      },
      { requiredKeys: ["connections"] },
    );
    const runners = fc.constantFrom(
      { reach: "in-vpc" },
      { reach: "peered", cidrs: ["10.250.0.0/24"], via: TGW },
      { reach: "peered", cidrs: ["10.250.0.0/24"], via: "pcx-0123456789abcdef0" },
      { reach: "peered", cidrs: ["10.201.0.0/24"] },
      { reach: "peered", cidrs: ["10.201.0.0/24"], via: "pcx-0123456789abcdef0" },
    );
    fc.assert(
      fc.property(networks, runners, (network, runner) => {
        expect(unanswered(inFleet({ network, runner }))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test.each([
    ["by a peering", {}],
    ["by a transit gateway", { peersVia: TGW }],
  ])("of peers in one mesh, %s: their istiod reads the API server", (_how, connections) => {
    const tokenExchange = { kind: "terraform-state", reason: "no External Secrets in this test" };
    const peers = ["dev/us-west-2"];
    const mesh = { kind: "istio", id: "acme", trustDomain: "acme.internal", peers, tokenExchange };
    const target = inFleet({ network: { connections: { peers: ["dev/us-west-2"], ...connections } }, mesh });
    const places = new Set(
      admittedRanges(stacksFor(target, []), ["10.0.0.0/16"]).map(({ place }): Place => place),
    );

    expect(places).toContain("control-plane");
    expect(unanswered(target)).toEqual([]);
  });
});

/** A target beside a peer in us-west-2, whose VPC has a second range. */
function inFleet(config: Record<string, unknown>): Target {
  const other = parse(BASE_YAML) as Record<string, Record<string, unknown>>;
  const peer = aTarget(
    stringify({
      ...other,
      network: {
        vpcCidr: "10.1.0.0/16",
        secondaryCidrs: ["100.80.0.0/16"],
        zones: ["us-west-2a", "us-west-2b", "us-west-2c"],
        connections: { peers: ["dev/us-east-1"] },
      },
    }),
    { region: "us-west-2" },
  );
  const [target] = connectTargets([aTarget(stringify(config)), peer]);
  if (target === undefined) throw new Error("no target");
  return target;
}

describe("a runner in a connected network", () => {
  const network = (runner: string) =>
    synthTarget(aTarget(`runner: { reach: peered, cidrs: [10.250.0.0/24]${runner} }`)).network;
  const routes = (json: string) =>
    Object.values(resourcesOf(json, "aws_route")).filter(
      ({ destination_cidr_block }) => destination_cidr_block === "10.250.0.0/24",
    );

  test("by a transit gateway gets answers from nodes and from the API server", () => {
    expect(routes(network(`, via: ${TGW}`))).toHaveLength(4);
    expect(routes(network(`, via: ${TGW}`))).toContainEqual(
      expect.objectContaining({
        route_table_id: "${aws_route_table.network_routes-control-plane.id}",
        transit_gateway_id: TGW,
      }),
    );
  });

  test("by a VPC peering that is there, too", () => {
    expect(routes(network(", via: pcx-0123456789abcdef0"))).toContainEqual(
      expect.objectContaining({
        route_table_id: "${aws_route_table.network_routes-control-plane.id}",
        vpc_peering_connection_id: "pcx-0123456789abcdef0",
      }),
    );
  });

  // VPC User Guide, "Route priority": of routes to one address the most specific is taken.
  test("that has a way of its own inside a network on premises gets answers by that way", () => {
    const inside = (via: string) =>
      synthTarget(
        aTarget(
          `runner: { reach: peered, cidrs: [10.201.0.0/24], via: ${via} }\nnetwork: { connections: { onPremises: { cidrs: [10.200.0.0/14], via: ${TGW} } } }`,
        ),
      ).network;
    const narrow = (json: string) =>
      Object.values(resourcesOf(json, "aws_route")).filter(
        ({ destination_cidr_block }) => destination_cidr_block === "10.201.0.0/24",
      );

    expect(narrow(inside("pcx-0123456789abcdef0"))).toHaveLength(4);
    expect(narrow(inside("pcx-0123456789abcdef0"))).toContainEqual(
      expect.objectContaining({ vpc_peering_connection_id: "pcx-0123456789abcdef0" }),
    );
    expect(narrow(inside(TGW))).toEqual([]);
  });

  test("gets a warning where no route of the config reaches it, until the config says that others make the routes", () => {
    const fleet = (more: string) =>
      loadFleet(
        path.join(
          aFolder({
            "envs/dev/us-east-1.yaml": `${BASE_YAML.replace("reach: in-vpc", `reach: peered, cidrs: [10.250.0.0/24]${more}`)}`,
          }),
          "envs",
        ),
      );

    expect(fleetWarnings(fleet(""))).toContainEqual(
      "runner: no route leads back to 10.250.0.0/24; write runner.via: <transit gateway>, or via: elsewhere where somebody else adds the routes (dev/us-east-1; waiver: ROUTE-BACK at runner)",
    );
    expect(fleetWarnings(fleet(", via: elsewhere")).join()).not.toContain("no route leads back");
  });
});

test("the network stack publishes both kinds of route table for those who add routes", () => {
  const { output } = parsed(synthTarget(aTarget()).network);

  expect(output?.control_plane_route_table_id).toMatchObject({
    value: "${aws_route_table.network_routes-control-plane.id}",
  });
  expect(output?.node_route_table_ids).toBeDefined();
});
