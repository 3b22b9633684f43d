import type { Diagram, DiagramEdge, DiagramGroup, DiagramNode } from "../../diagram/diagram";
import type { Verdict } from "../../reachability/hop";
import { portText } from "../../reachability/needs/need";
import type { FlowLine, HopLine } from "../../reachability/path/summary";
import { deciderText, wayName } from "../../reachability/path/text";
import { counted } from "../../text/counted";

const TONE = { allowed: "good", undecided: "warn", denied: "bad" } as const satisfies Record<Verdict, string>;
/** In pixels: as wide as the window of a phone has room for, because addresses of resources are long. */
const WIDTH = 320;

/** Ways from the top to the bottom, hop by hop, the answer below the end that is called; several stand side by side. */
export function waysDiagram(flows: readonly FlowLine[]): Diagram {
  const drawn = flows.map(drawWay);
  return {
    title: flows.length === 1 ? flows.map(wayName).join("") : counted(flows.length, "way"),
    description: flows.map(describe).join(" "),
    nodes: drawn.flatMap(({ nodes }) => nodes),
    groups: flows.length === 1 ? [] : drawn.map(({ group }) => group),
    edges: drawn.flatMap(({ edges }) => edges),
    columnWidth: WIDTH,
  };
}

interface Step {
  readonly node: Omit<DiagramNode, "at">;
  /** Beside the line that leads here. */
  readonly label?: string;
  readonly ends?: boolean;
}

function drawWay(
  flow: FlowLine,
  index: number,
): {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  readonly group: DiagramGroup;
} {
  const steps = stepsOf(flow, `way-${index}`);
  const nodes = steps.map(({ node }, row) => ({
    ...node,
    at: { row, column: index },
  }));
  const edges = steps.slice(1).map(({ node, label }, before): DiagramEdge => {
    const from = steps[before];
    return {
      from: from?.node.id ?? "",
      to: node.id,
      ...(label !== undefined && { label }),
      ...(from?.ends === true && { line: "gap" }),
    };
  });
  return {
    nodes,
    edges,
    group: { id: `way-${index}`, label: wayName(flow), nodes: nodes.map(({ id }) => id) },
  };
}

function stepsOf(flow: FlowLine, id: string): readonly Step[] {
  const { from, to, port, protocol, hops, why, source, place } = flow;
  const isBack = ({ at }: HopLine) => at.endsWith(" back");
  const hop = (each: HopLine): Step => ({
    node: {
      id: `${id}/${hops.indexOf(each)}`,
      lines: [`${each.at}: ${each.verdict}`, each.says, ...each.by.map(deciderText)],
      tone: TONE[each.verdict],
    },
    ends: each.verdict === "denied",
  });
  const needed = source === "" ? [] : [`needed: ${why}`, [source, place].filter(Boolean).join(", ")];
  const [first, ...others] = hops.filter(isBack).map(hop);
  return [
    { node: { id: `${id}/from`, lines: [from, ...needed] } },
    ...hops.filter((each) => !isBack(each)).map(hop),
    { node: { id: `${id}/to`, lines: [to, portText(protocol, port)] } },
    ...(first === undefined ? [] : [{ ...first, label: "the answer" }, ...others]),
  ];
}

function describe(flow: FlowLine): string {
  const end = flow.hops.find(({ verdict }) => verdict !== "allowed" && verdict === flow.verdict);
  const ends = end === undefined ? "" : ` at ${end.at}`;
  return `${wayName(flow)}: ${flow.verdict}${ends}, ${counted(flow.hops.length, "hop")}.`;
}
