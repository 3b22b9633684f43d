import { columns } from "../text/columns";
import { counted } from "../text/counted";
import { codeCell, codeSpan, escapeMarkdown, markdownTable } from "../text/markdown";
import type { Exposure } from "./policies/exposure";
import type { CallLine, IdentitySummary } from "./summary";

const HEADER = ["identity", "kind", "needed", "allowed", "denied", "undecided", "unused"] as const;
const FIGURES = [2, 3, 4, 5, 6];

function row({ name, kind, counts }: IdentitySummary): string[] {
  const { needed, allowed, denied, undecided, unused } = counts;
  return [name, kind, ...[needed, allowed, denied, undecided, unused].map(String)];
}

/** `33 identities, 1,481 calls: 0 denied, 4 undecided` */
export function permissionsTotal(summaries: readonly IdentitySummary[]): string {
  const sum = (key: "needed" | "denied" | "undecided") =>
    summaries.reduce((all, { counts }) => all + counts[key], 0);
  return `${counted(summaries.length, "identity")}, ${counted(sum("needed"), "call")}: ${sum("denied")} denied, ${sum("undecided")} undecided`;
}

/** Everything for a terminal. */
export function permissionsText(
  target: string,
  summaries: readonly IdentitySummary[],
  exposures: readonly Exposure[] = [],
): string {
  const found = summaries.flatMap(({ name, calls }) => callText(name, calls));
  const unused = summaries.flatMap(({ name, unused }) =>
    unused.map(({ policy, actions }) => `  ${name}, ${policy}: ${actions.join(" ")}`),
  );
  if (summaries.length === 0) return `${target}: nobody calls it`;
  return [
    `${target}: ${permissionsTotal(summaries)}`,
    ...columns([HEADER, ...summaries.map(row)], FIGURES).map((line) => `  ${line}`),
    ...(found.length > 0 ? ["", ...found] : []),
    ...(exposures.length > 0
      ? ["", "beyond what is meant:", ...exposures.map((each) => `  ${exposureText(each)}`)]
      : []),
    ...(unused.length > 0 ? ["", "granted and never needed:", ...unused] : []),
  ].join("\n");
}

/** Who gets to what, and by which design. */
export function exposureText({ stack, address, detail, byDesign }: Exposure): string {
  return `${stack}/${address} ${detail}${byDesign === undefined ? "" : ` (by design: ${byDesign})`}`;
}

/** Calls that end alike, with the policy that decides them once. */
function callText(who: string, calls: readonly CallLine[]): string[] {
  const ends = new Map<string, CallLine[]>();
  for (const call of calls) {
    const { kind, remedy, place } = call;
    const by =
      kind === "allowed" ? `allowed by ${call.allowedBy ?? "the resource's own policy"}` : call.stoppedBy;
    const end = `${by ?? ""}${remedy === undefined ? "" : `; ${remedy}`}${place === undefined ? "" : ` (${place})`}`;
    ends.set(end, [...(ends.get(end) ?? []), call]);
  }
  return [...ends].flatMap(([end, alike]) => [
    ...alike.map(({ kind, action, resource, why }) => `${kind}  ${who}: ${action} on ${resource} (${why})`),
    `  ${end}`,
  ]);
}

/** The same as Markdown, for a pull request or a page. */
export function permissionsMarkdown(
  target: string,
  summaries: readonly IdentitySummary[],
  exposures: readonly Exposure[] = [],
): string {
  const rows = summaries.map((each) => row(each).map(escapeMarkdown));
  const calls = summaries.flatMap(({ name, calls }) =>
    calls.map((call) => [
      call.kind,
      escapeMarkdown(name),
      codeCell(call.action),
      codeCell(call.resource),
      escapeMarkdown(call.allowedBy ?? [call.stoppedBy, call.remedy, call.place].filter(Boolean).join("; ")),
    ]),
  );
  return [
    `# Permissions of ${escapeMarkdown(target)}`,
    permissionsTotal(summaries),
    markdownTable(HEADER, rows, FIGURES),
    ...(calls.length > 0
      ? ["## Calls", markdownTable(["", "identity", "action", "resource", "by"], calls)]
      : []),
    ...(exposures.length > 0
      ? [
          "## Beyond what is meant",
          exposures.map((each) => `- ${escapeMarkdown(exposureText(each))}`).join("\n"),
        ]
      : []),
    ...(summaries.some(({ unused }) => unused.length > 0) ? ["## Granted and never needed"] : []),
    ...summaries.flatMap(({ name, unused }) =>
      unused.map(
        ({ policy, actions }) =>
          `- ${escapeMarkdown(name)}, ${codeSpan(policy)}: ${actions.map(codeSpan).join(", ")}`,
      ),
    ),
  ].join("\n\n");
}
