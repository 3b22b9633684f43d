import { connectTargets, type Fleet, type Target } from "../../src/model/target";
import type { Diagram } from "../../src/diagram/diagram";
import { layoutOf } from "../../src/diagram/layout";
import { svg } from "../../src/diagram/svg";
import { mermaid } from "../../src/diagram/mermaid";
import { diagramFormats, type DiagramKind, diagramKinds } from "../../src/report/diagrams/diagram-names";
import { diagramOf, drawDiagram } from "../../src/report/diagrams/diagrams";
import { stateLocation } from "../../src/model/stacks/state-location";
import { aTarget } from "../support/fixtures";
import { resourcesOf, synthTarget } from "../support/synth";

/** A picture that is there. */
function picture(target: Target, kind: DiagramKind, fleet?: Fleet): Diagram {
  const diagram = diagramOf(target, kind, fleet);
  if (diagram === undefined) throw new Error(`no ${kind} of ${target.name}`);
  return diagram;
}

/** In a mesh with a target of each of the other regions. */
function inMesh(region: string, others: readonly string[], connected = others): Target {
  const names = (regions: readonly string[]) => regions.map((each) => `dev/${each}`).join(", ");
  return aTarget(
    `
network: { zones: [${region}a, ${region}b], connections: { peers: [${names(connected)}] } }
ingress: { certificates: { email: a@b.io } }
secrets: {}
mesh:
  kind: istio
  id: acme
  trustDomain: acme.internal
  certificateAuthority: { kind: aws-private-ca, arn: "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012" }
  peers: [${names(others)}]
`,
    { region },
  );
}

const meshed = inMesh("us-east-1", []);
const network = (yaml = "") => picture(aTarget(yaml), "network");
const edgesOf = (yaml = "") => network(yaml).edges.map(({ from, to }) => `${from} -> ${to}`);

const TGW = "tgw-0123456789abcdef0";

/** `tier/zone: IPv4 by NAT gateway` for each subnet with a default route, as the network stack makes them. */
function defaultRoutesOf(json: string): string[] {
  const named = (text: unknown) => /\$\{aws_[a-z_]+\.(.+)\.id\}/.exec(String(text))?.[1] ?? "";
  const routes = Object.values(resourcesOf(json, "aws_route"));
  return Object.values(resourcesOf(json, "aws_route_table_association")).flatMap(
    ({ subnet_id, route_table_id }) => {
      const [, tier = "", zone = ""] = /^network_(\w+?)-(\w+-\w+-\w+)$/.exec(named(subnet_id)) ?? [];
      return routes
        .filter((route) => route.route_table_id === route_table_id)
        .flatMap((route) => {
          const version =
            route.destination_cidr_block === "0.0.0.0/0"
              ? "IPv4"
              : route.destination_ipv6_cidr_block === "::/0"
                ? "IPv6"
                : undefined;
          const by = route.nat_gateway_id
            ? "NAT gateway"
            : route.transit_gateway_id
              ? "transit gateway"
              : route.egress_only_gateway_id
                ? "egress-only"
                : route.vpc_endpoint_id
                  ? "firewall"
                  : "gateway";
          return version === undefined ? [] : [`${tier}/${zone}: ${version} by ${by}`];
        });
    },
  );
}

describe("a network", () => {
  test("has every subnet in its zone, and its fill level where a demand is known", () => {
    const { nodes, groups } = network("network: { subnets: { pods: { prefix: 19 } } }");

    expect(groups.map(({ label }) => label)).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
    expect(groups[0]?.nodes).toEqual([
      "public/us-east-1a",
      "nodes/us-east-1a",
      "pods/us-east-1a",
      "controlPlane/us-east-1a",
    ]);
    const filled = nodes.filter(({ fill }) => fill !== undefined).map(({ id }) => id.split("/")[0]);
    expect(new Set(filled)).toEqual(new Set(["public", "nodes", "pods"]));
  });

  test.each([
    ["nat-per-zone", "{ kind: nat-per-zone }", "nodes/us-east-1b -> public/us-east-1b"],
    ["nat-single", "{ kind: nat-single }", "nodes/us-east-1b -> public/us-east-1a"],
    ["firewall", "{ kind: firewall, domains: [a.example.com] }", "nodes/us-east-1b -> firewall/us-east-1b"],
    [
      "transit-gateway",
      "{ kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }",
      "nodes/us-east-1b -> egress",
    ],
    ["proxy", '{ kind: proxy, httpsProxy: "http://proxy.corp.example:3128" }', "nodes/us-east-1b -> egress"],
  ])("shows the way out of %s", (_, egress, edge) => {
    expect(edgesOf(`network: { egress: ${egress} }`)).toContain(edge);
  });

  test.each([
    ["nat-per-zone", "egress: { kind: nat-per-zone }"],
    ["nat-per-zone, pods of their own", "subnets: { pods: { prefix: 19 } }"],
    ["nat-single", "egress: { kind: nat-single }, subnets: { pods: { prefix: 19 } }"],
    ["dual-stack", "ipv6: { mode: dual-stack }, subnets: { pods: { prefix: 19 } }"],
    ["firewall", "egress: { kind: firewall, domains: [a.example.com] }, subnets: { pods: { prefix: 19 } }"],
    ["transit-gateway", `egress: { kind: transit-gateway, transitGatewayId: ${TGW} }`],
    [
      "transit-gateway with public subnets",
      `egress: { kind: transit-gateway, transitGatewayId: ${TGW} }, subnets: { public: { prefix: 24 }, pods: { prefix: 19 } }`,
    ],
    ["none", "egress: { kind: none }, endpoints: { set: isolated }, subnets: { pods: { prefix: 19 } }"],
  ])("of %s has the default routes that are really made, of every tier", (_, yaml) => {
    const target = aTarget(`network: { ${yaml} }`);
    const shown = picture(target, "network").edges.map(({ from, to, label }) => {
      const by = to === "internet" ? "gateway" : to === "egress" ? "transit gateway" : to.split("/")[0];
      return `${from}: ${label === "::/0" ? "IPv6" : "IPv4"} by ${by === "public" ? "NAT gateway" : by}`;
    });
    // What the picture leaves out: public subnets and the gateway have IPv6 by the same two boxes.
    const made = defaultRoutesOf(synthTarget(target).network).filter((each) => !/^public.*IPv6/.test(each));
    expect(shown.sort()).toEqual(made.sort());
  });

  test("without a way out has no line, and no internet", () => {
    const yaml = "network: { egress: { kind: none }, endpoints: { set: isolated } }";
    expect(edgesOf(yaml)).toEqual([]);
    expect(network(yaml).nodes.map(({ id }) => id)).not.toContain("internet");
  });

  test("shows peers", () => {
    const east = aTarget("network: { connections: { peers: [dev/us-west-2] } }");
    const west = aTarget(
      "network: { vpcCidr: 10.1.0.0/16, zones: [us-west-2a, us-west-2b], connections: { peers: [dev/us-east-1] } }",
      { region: "us-west-2" },
    );
    const [first] = connectTargets([east, west]);
    const peer = picture(first ?? east, "network").nodes.find(({ id }) => id === "peer/dev/us-west-2");

    expect(peer?.lines).toEqual(["Peer dev/us-west-2", "10.1.0.0/16", "peering"]);
  });
});

describe("stacks and states", () => {
  test("every stack is below those that it needs", () => {
    const { nodes, edges } = picture(aTarget(), "stacks");
    const { boxes } = layoutOf(picture(aTarget(), "stacks"));
    const topOf = (id: string) => boxes.find(({ node }) => node.id === id)?.y ?? NaN;

    expect(nodes.map(({ id }) => id)).toEqual(aTarget().stacks);
    expect(edges.filter(({ from, to }) => !(topOf(from) < topOf(to)))).toEqual([]);
    expect(edges).toContainEqual({ from: "cni", to: "nodes" });
    expect(edges).not.toContainEqual({ from: "network", to: "nodes" });
  });

  test("every state has its key", () => {
    const target = aTarget();
    const text = JSON.stringify(picture(target, "state"));
    for (const stack of target.stacks) expect(text).toContain(stateLocation(target, stack).key);
  });
});

describe("a mesh", () => {
  const regions = ["us-east-1", "us-west-2", "eu-west-1"];
  const fleetOf = (connected?: readonly string[]): Fleet => ({
    targets: connectTargets(
      regions.map((region) => {
        const others = regions.filter((each) => each !== region);
        return inMesh(region, others, connected ?? others);
      }),
    ),
  });
  const drawn = (fleet: Fleet) => picture(fleet.targets[0] ?? meshed, "mesh", fleet);

  test("has every cluster once, and a line for each two with what connects them", () => {
    const { nodes, edges, description } = drawn(fleetOf());

    expect(nodes.map(({ id }) => id)).toEqual(regions.map((region) => `dev/${region}`));
    expect(nodes[0]?.lines).toContain("network dev-us-east-1");
    expect(edges).toHaveLength(3);
    expect(edges).toContainEqual({
      from: "dev/us-east-1",
      to: "dev/us-west-2",
      label: "peering",
      line: "both-ways",
    });
    expect(description).toContain("3 clusters of trust domain acme.internal");
  });

  test("shows what is not connected, and says what is missing", () => {
    const diagram = drawn(fleetOf([]));

    expect(new Set(diagram.edges.map(({ label }) => label))).toEqual(new Set(["not connected"]));
    expect(diagram.description).toMatch(/Missing: dev\/us-east-1: mesh\.peers\[0\]/);
    expect(mermaid(diagram)).toContain("-.-");
    expect(svg(diagram)).toContain("diagram-gap");
    expect(svg(diagram)).not.toContain("marker-end");
  });

  test("shows a peer that is in no mesh as such", () => {
    const alone = inMesh("us-east-1", ["us-west-2"]);
    const { nodes } = picture(alone, "mesh", { targets: [alone, aTarget("", { region: "us-west-2" })] });

    expect(nodes.find(({ id }) => id === "dev/us-west-2")?.lines).toContain("not in this mesh");
  });

  test("is not drawn for a target without a mesh", () => {
    expect(diagramOf(aTarget(), "mesh")).toBeUndefined();
  });
});

describe("every picture", () => {
  const all = diagramKinds.flatMap((kind) => diagramFormats.map((format) => [kind, format] as const));

  test.each(all)("%s as %s is the same every time", (kind, format) => {
    const draw = () => drawDiagram(picture(inMesh("us-east-1", []), kind), format);
    expect(draw()).toBe(draw());
  });

  test.each(diagramKinds)("%s has no line to a box that is not there", (kind) => {
    const { nodes, edges, groups } = picture(meshed, kind);
    const ids = new Set(nodes.map(({ id }) => id));

    expect(ids.size).toBe(nodes.length);
    expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    expect(groups.flatMap((group) => group.nodes).filter((id) => !ids.has(id))).toEqual([]);
  });

  test.each(diagramKinds)("%s has no two boxes in one place", (kind) => {
    const places = layoutOf(picture(meshed, kind)).boxes.map(({ x, y }) => `${x}/${y}`);
    expect(new Set(places).size).toBe(places.length);
  });
});

describe("a hostile name", () => {
  const hostile = {
    title: '</title><script>alert(1)</script>"',
    description: "a\nb <b>",
    nodes: [
      { id: "a", lines: ['"]; click a "x" <img src=x onerror=alert(1)> `#'], fill: 2 },
      { id: "b", lines: ["b"] },
    ],
    groups: [{ id: "g", label: "<script>", nodes: ["a"] }],
    edges: [{ from: "a", to: "b", label: '<script>"|' }],
  };

  test("stays text in SVG", () => {
    expect(svg(hostile)).not.toMatch(/<script|<img|<b>/);
  });

  test("stays text in Mermaid", () => {
    const text = mermaid(hostile);
    expect(text).not.toMatch(/<script|<img|<b>/);
    expect(text.split("\n").find((line) => line.includes("n0["))).toMatch(/^ {4}n0\["[^"]*"\]$/);
  });
});
