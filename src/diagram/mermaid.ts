import { type Diagram, type DiagramEdge, type DiagramNode, fillText } from "./diagram";

/** The diagram as a Mermaid flowchart, for Markdown. */
export function mermaid(diagram: Diagram): string {
  const names = new Map(diagram.nodes.map(({ id }, index) => [id, `n${index}`]));
  const name = (id: string) => names.get(id) ?? "";
  const grouped = new Set(diagram.groups.flatMap(({ nodes }) => nodes));
  const box = (node: DiagramNode) => `${name(node.id)}["${node.lines.map(text).join("<br/>")}${fill(node)}"]`;
  const byId = new Map(diagram.nodes.map((node) => [node.id, node]));
  return [
    "---",
    `title: "${plain(diagram.title)}"`,
    "---",
    "flowchart TB",
    `  accDescr: ${plain(diagram.description)}`,
    ...diagram.nodes.filter(({ id }) => !grouped.has(id)).map((node) => `  ${box(node)}`),
    ...diagram.groups.flatMap(({ label, nodes }, index) => [
      `  subgraph g${index}["${text(label)}"]`,
      ...nodes.flatMap((id) => byId.get(id) ?? []).map((node) => `    ${box(node)}`),
      "  end",
    ]),
    ...diagram.edges.map(
      ({ from, to, label, line }) =>
        `  ${name(from)} ${arrow(line)}${label === undefined ? "" : `|"${text(label)}"|`} ${name(to)}`,
    ),
  ].join("\n");
}

function arrow(line: DiagramEdge["line"]): string {
  return line === "gap" ? "-.-" : line === "both-ways" ? "<-->" : "-->";
}

function fill({ fill }: DiagramNode): string {
  return fill === undefined ? "" : `<br/>${fillText(fill)}`;
}

/** Mermaid takes HTML and its own entity codes in labels; neither can come from a name. */
function text(raw: string): string {
  return oneLine(raw)
    .replaceAll("#", "#35;")
    .replaceAll("&", "#amp;")
    .replaceAll('"', "#quot;")
    .replaceAll("<", "#lt;")
    .replaceAll(">", "#gt;")
    .replaceAll("`", "#96;");
}

/** Where entity codes are not read: without what could end the text or be markup. */
function plain(raw: string): string {
  return oneLine(raw).replace(/["<>\\{}]/g, "");
}

function oneLine(raw: string): string {
  return raw.replace(/\s+/g, " ").trim();
}
