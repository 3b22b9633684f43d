import { connectTargets } from "../../src/config/target";
import { svg } from "../../src/diagram/svg";
import { mermaid } from "../../src/diagram/mermaid";
import { diagramFormats, diagramKinds, diagramOf, drawDiagram } from "../../src/report/diagrams/diagrams";
import { stacksOf } from "../../src/stacks/stack-order";
import { stateLocation } from "../../src/stacks/state-location";
import { aTarget } from "../support/fixtures";

const network = (yaml = "") => diagramOf(aTarget(yaml), "network");
const edgesOf = (yaml = "") => network(yaml).edges.map(({ from, to }) => `${from} -> ${to}`);

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
    const peer = diagramOf(first ?? east, "network").nodes.find(({ id }) => id === "peer/dev/us-west-2");

    expect(peer?.lines).toEqual(["Peer dev/us-west-2", "10.1.0.0/16", "peering"]);
  });
});

describe("stacks and states", () => {
  test("every stack is below those that it needs", () => {
    const { nodes, edges } = diagramOf(aTarget(), "stacks");
    const rowOf = (id: string) => nodes.find((node) => node.id === id)?.row ?? NaN;

    expect(nodes.map(({ id }) => id)).toEqual(stacksOf(aTarget()));
    expect(edges.filter(({ from, to }) => rowOf(from) >= rowOf(to))).toEqual([]);
    expect(edges).toContainEqual({ from: "cni", to: "nodes" });
    expect(edges).not.toContainEqual({ from: "network", to: "nodes" });
  });

  test("every state has its key", () => {
    const target = aTarget();
    const text = JSON.stringify(diagramOf(target, "state"));
    for (const stack of stacksOf(target)) expect(text).toContain(stateLocation(target, stack).key);
  });
});

describe("every picture", () => {
  const all = diagramKinds.flatMap((kind) => diagramFormats.map((format) => [kind, format] as const));

  test.each(all)("%s as %s is the same every time", (kind, format) => {
    expect(drawDiagram(aTarget(), kind, format)).toBe(drawDiagram(aTarget(), kind, format));
  });

  test.each(diagramKinds)("%s has no line to a box that is not there", (kind) => {
    const { nodes, edges, groups } = diagramOf(aTarget(), kind);
    const ids = new Set(nodes.map(({ id }) => id));

    expect(ids.size).toBe(nodes.length);
    expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    expect(groups.flatMap((group) => group.nodes).filter((id) => !ids.has(id))).toEqual([]);
  });

  test.each(diagramKinds)("%s has no two boxes in one place", (kind) => {
    const places = diagramOf(aTarget(), kind).nodes.map(({ row, column }) => `${row}/${column}`);
    expect(new Set(places).size).toBe(places.length);
  });
});

describe("a hostile name", () => {
  const hostile = {
    title: '</title><script>alert(1)</script>"',
    description: "a\nb <b>",
    nodes: [
      { id: "a", lines: ['"]; click a "x" <img src=x onerror=alert(1)> `#'], row: 0, column: 0, fill: 2 },
    ],
    groups: [{ id: "g", label: "<script>", nodes: ["a"] }],
    edges: [{ from: "a", to: "a", label: '<script>"|' }],
  };

  test("stays text in SVG", () => {
    expect(svg(hostile)).not.toMatch(/<script|<img|<b>/);
  });

  test("stays text in Mermaid", () => {
    const text = mermaid(hostile);
    expect(text).not.toMatch(/<script|<img|<b>.*\[/);
    expect(text.split("\n").find((line) => line.includes("n0["))).toMatch(/^ {4}n0\["[^"]*"\]$/);
  });
});
