import { columns } from "../../text/columns";
import { counted } from "../../text/counted";
import { codeCell, escapeMarkdown, markdownTable } from "../../text/markdown";
import { portText } from "../needs/need";
import type { FlowLine, HopLine, PlacedDecider, ReachSummary } from "./summary";

const HEADER = ["need", "needed", "allowed", "denied", "undecided"] as const;
const FIGURES = [1, 2, 3, 4];

function rows({ counts }: ReachSummary): string[][] {
  return counts.map(({ kind, needed, allowed, denied, undecided }) => [
    kind,
    ...[needed, allowed, denied, undecided].map(String),
  ]);
}

/** `268 flows needed: 0 denied, 2 undecided` */
export function reachTotal({ counts }: ReachSummary): string {
  const sum = (key: "needed" | "denied" | "undecided") => counts.reduce((all, each) => all + each[key], 0);
  return `${counted(sum("needed"), "flow")} needed: ${sum("denied")} denied, ${sum("undecided")} undecided`;
}

/** `payments/orders to internet, TCP 443` */
export const wayName = ({ from, to, port, protocol }: FlowLine): string =>
  `${from} to ${to}, ${portText(protocol, port)}`;

/** All needs, for a terminal. */
export function reachText(target: string, summary: ReachSummary): string {
  if (summary.counts.length === 0) return `${target}: nobody needs it`;
  return [
    `${target}: ${reachTotal(summary)}`,
    ...columns([HEADER, ...rows(summary)], FIGURES).map((line) => `  ${line}`),
    ...(summary.flows.length > 0 ? ["", ...byEnd(summary.flows)] : []),
  ].join("\n");
}

/** Flows that end alike, with the hop that ends them once. */
function byEnd(flows: readonly FlowLine[]): string[] {
  const ends = new Map<string, FlowLine[]>();
  for (const flow of flows) {
    const end = endOf(flow);
    ends.set(end, [...(ends.get(end) ?? []), flow]);
  }
  return [...ends].flatMap(([end, alike]) => [
    ...alike.map((each) => `${each.verdict}  ${wayName(each)} (${each.why})`),
    ...(end === "" ? [] : [`  ${end}`]),
  ]);
}

function endOf(flow: FlowLine): string {
  return endText(flow, flow.place === undefined ? "" : ` (${flow.place})`);
}

/** Which hop ends it and why, and what is done without it; nothing where none does. */
export function endText(flow: FlowLine, place = ""): string {
  const end = endingHop(flow);
  if (end === undefined) return "";
  const without = flow.without === undefined ? "" : `; without it: ${flow.without}`;
  const remedy = end.remedy === undefined ? "" : `; opened by ${end.remedy}`;
  return `at ${end.at}: ${end.says}${place}${remedy}${without}`;
}

function endingHop({ hops, verdict }: FlowLine): HopLine | undefined {
  return verdict === "allowed" ? undefined : hops.find((each) => each.verdict === verdict);
}

/** One way, hop by hop. */
export function wayText(flow: FlowLine): string {
  const declared =
    flow.source === ""
      ? []
      : [`  needed: ${flow.why} (${[flow.source, flow.place].filter(Boolean).join(", ")})`];
  return [
    `${flow.verdict}  ${wayName(flow)}`,
    ...declared,
    ...flow.hops.flatMap(({ at, verdict, says, remedy, by }) => [
      `  ${verdict}  ${at}: ${says}`,
      ...(remedy === undefined ? [] : [`    opened by ${remedy}`]),
      ...by.map((each) => `    ${deciderText(each)}`),
    ]),
    ...(flow.hops.length === 0 ? ["  nothing on the way looks at it"] : []),
  ].join("\n");
}

/** `prod-us-east-1-cni/helm_release.cilium (envs/prod/us-east-1.yaml:15)` */
export function deciderText({ stack, address, place }: PlacedDecider): string {
  return `${stack}/${address}${place === undefined ? "" : ` (${place})`}`;
}

/** The same as Markdown, for a pull request or a page. */
export function reachMarkdown(target: string, summary: ReachSummary): string {
  const flows = summary.flows.map((flow) => [
    flow.verdict,
    escapeMarkdown(flow.from),
    escapeMarkdown(flow.to),
    portText(flow.protocol, flow.port),
    escapeMarkdown(flow.why),
    escapeMarkdown(endOf(flow)),
  ]);
  return [
    `# Reachability of ${escapeMarkdown(target)}`,
    reachTotal(summary),
    markdownTable(
      HEADER,
      rows(summary).map((row) => row.map(escapeMarkdown)),
      FIGURES,
    ),
    ...(flows.length > 0
      ? ["## Flows", markdownTable(["", "from", "to", "port", "why", "ends"], flows)]
      : []),
  ].join("\n\n");
}

/** Ways as Markdown. */
export function waysMarkdown(flows: readonly FlowLine[]): string {
  return flows
    .flatMap((flow) => [
      `## ${escapeMarkdown(wayName(flow))}: ${flow.verdict}`,
      markdownTable(
        ["hop", "", "says", "by"],
        flow.hops.map(({ at, verdict, says, remedy, by }) => [
          at,
          verdict,
          escapeMarkdown(remedy === undefined ? says : `${says}; opened by ${remedy}`),
          by.map((each) => codeCell(deciderText(each))).join(" "),
        ]),
      ),
    ])
    .join("\n\n");
}
