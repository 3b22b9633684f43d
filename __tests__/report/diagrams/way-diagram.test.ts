import { layoutOf } from "../../../src/diagram/layout";
import { mermaid } from "../../../src/diagram/mermaid";
import { svg } from "../../../src/diagram/svg";
import type { FlowLine } from "../../../src/reachability/path/summary";
import { waysDiagram } from "../../../src/report/diagrams/way-diagram";
import { runCommand } from "../../support/run-command";

const by = [{ stack: "prod-network", address: "aws_route.a", place: "envs/prod.yaml:7" }];
const flow: FlowLine = {
  kind: "declared call",
  from: "payments/orders",
  to: "fqdn:api.example.com",
  port: 443,
  protocol: "TCP",
  verdict: "denied",
  why: "the configuration declares it",
  source: "workloads.orders.dependencies.0",
  place: "envs/prod.yaml:3",
  hops: [
    { at: "policy of the sender", verdict: "allowed", says: "a rule allows it", by: [] },
    { at: "route out", verdict: "denied", says: "no route leads there", by },
    { at: "endpoint", verdict: "undecided", says: "nobody knows", by: [] },
    { at: "route back", verdict: "allowed", says: "it leads back", by },
    { at: "network ACL back", verdict: "allowed", says: "it lets through", by: [] },
  ],
};

test("a way is drawn from end to end, each hop with verdict, object and line, and the answer after the end that is called", () => {
  const { nodes, title, description } = waysDiagram([flow]);

  expect(title).toBe("payments/orders to fqdn:api.example.com, TCP 443");
  expect(description).toBe(`${title}: denied at route out, 5 hops.`);
  expect(nodes.map(({ lines, tone }) => [tone ?? "", ...lines])).toEqual([
    [
      "",
      "payments/orders",
      "needed: the configuration declares it",
      "workloads.orders.dependencies.0, envs/prod.yaml:3",
    ],
    ["good", "policy of the sender: allowed", "a rule allows it"],
    ["bad", "route out: denied", "no route leads there", "prod-network/aws_route.a (envs/prod.yaml:7)"],
    ["warn", "endpoint: undecided", "nobody knows"],
    ["", "fqdn:api.example.com", "TCP 443"],
    ["good", "route back: allowed", "it leads back", "prod-network/aws_route.a (envs/prod.yaml:7)"],
    ["good", "network ACL back: allowed", "it lets through"],
  ]);
});

test("the line goes on broken behind a hop that denies, and says where the answer begins", () => {
  expect(waysDiagram([flow]).edges.map(({ label = "", line = "" }) => label + line)).toEqual([
    "",
    "",
    "gap",
    "",
    "the answer",
    "",
  ]);
});

test("it is as wide as a phone has room for, and several stand side by side", () => {
  const widthOf = (...flows: readonly FlowLine[]) => layoutOf(waysDiagram(flows)).width;

  expect(widthOf(flow)).toBeLessThanOrEqual(390 - 48);
  expect(widthOf(flow, flow)).toBeGreaterThan(2 * 320);
  expect(waysDiagram([flow, flow]).groups).toHaveLength(2);
});

test("the stripe of a hop has its verdict's colour", () => {
  const drawing = svg(waysDiagram([flow]));
  const stripes = [...drawing.matchAll(/<rect [^>]*class="diagram-(good|warn|bad)"/g)].map(
    ([, tone]) => tone,
  );

  expect(stripes).toEqual(["good", "bad", "warn", "good", "good"]);
});

describe("of a sample", () => {
  const ask = (to: string, format: string) =>
    runCommand(
      ...["--envs", "envs", "reachability", "prod/us-east-1"],
      ...["--from", "payments/orders", "--to", to, "--format", format],
    );

  test("no hop is left out and no text is cut; asked again, it has the same bytes", async () => {
    const { output: json } = await ask("internet", "json");
    const { output: drawing, exitCode } = await ask("internet", "svg");
    const { ways } = JSON.parse(json) as { ways: FlowLine[] };
    const hops = ways.flatMap((each) => each.hops);
    const words = [...drawing.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text).join("");
    const plain = (text: string) =>
      text.replace(/\s/g, "").replaceAll("'", "&#39;").replaceAll('"', "&quot;");

    expect(exitCode).toBe(1);
    expect(hops.length).toBeGreaterThan(8);
    for (const { at, verdict, says, by: deciders } of hops)
      for (const text of [`${at}: ${verdict}`, says, ...deciders.map(({ address }) => address)])
        expect(plain(words)).toContain(plain(text));
    expect(words).not.toContain("…");
    expect((await ask("internet", "svg")).output).toBe(drawing);
  });

  test("Markdown can hold it, too", async () => {
    const { output } = await ask("payments/ledger", "mermaid");

    expect(output).toMatch(/^flowchart TB$/m);
    expect(output).toContain("policy of the receiver: allowed");
    expect(mermaid(waysDiagram([flow]))).toContain("-.-");
  });
});

test.each(["svg", "mermaid", "html"])("%s draws one way: it takes both ends", async (format) => {
  await expect(
    runCommand("--envs", "envs", "reachability", "prod/us-east-1", "--to", "internet", "--format", format),
  ).rejects.toMatchObject({
    exitCode: 2,
    message: `--format ${format} draws one way; give both --from and --to`,
  });
});
