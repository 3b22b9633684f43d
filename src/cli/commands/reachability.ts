import type { Command } from "commander";
import { KUBELET_PORT } from "../../components/flow";
import { lineOf } from "../../fleet/place-of";
import { selectTarget } from "../../fleet/select-targets";
import { type AskedEnd, askedEnd, END_FORMS } from "../../reachability/path/asked-end";
import { type JudgedNeed, judgeNeed } from "../../reachability/path/judge-needs";
import { type OpenWays, openWays, waysFromInternet, waysToInternet } from "../../reachability/path/open-ways";
import { openGroups } from "../../reachability/path/open-text";
import type { ReachWorld } from "../../reachability/path/reach-world";
import { summaryOf } from "../../reachability/path/summary";
import { reachMarkdown, reachText, waysMarkdown, wayText } from "../../reachability/path/text";
import { endName, type Need } from "../../reachability/needs/need";
import { type DiagramFormat, diagramFormats } from "../../report/diagrams/diagram-names";
import { drawDiagram } from "../../report/diagrams/diagrams";
import { waysDiagram } from "../../report/diagrams/way-diagram";
import { reachOfTarget } from "../../synth/guard-targets";
import { counted } from "../../text/counted";
import { unknownName } from "../../text/nearest";
import { type FormOptions, formOf } from "../forms";
import { checkedFleet } from "../checked-fleet";
import { tellProgress } from "../progress";
import { UsageError } from "../report-error";
import { print, printJson } from "../terminal";

type Form = "text" | "json" | "markdown";

interface ReachabilityOptions extends FormOptions<Form | DiagramFormat> {
  readonly from?: string;
  readonly to?: string;
  readonly all?: boolean;
}

export function reachability(name: string, options: ReachabilityOptions, command: Command): void {
  const form = formOf(options);
  const picture = diagramFormats.find((each) => each === form);
  if (picture !== undefined && (options.from === undefined || options.to === undefined))
    throw new UsageError(`--format ${picture} draws one way; give both --from and --to`);
  const target = selectTarget(checkedFleet(command), name);
  tellProgress(`proving ${target.name}`);
  const { world, judged } = reachOfTarget(target);
  const from = options.from === undefined ? undefined : endFor(options.from, "--from", name, world);
  const to = options.to === undefined ? undefined : endFor(options.to, "--to", name, world);
  const one = from !== undefined && to !== undefined;
  const ways =
    options.from === "internet"
      ? waysFromInternet(world, judged)
      : options.to === "internet"
        ? waysToInternet(world, judged)
        : undefined;
  if (ways !== undefined && !one)
    return exposed(
      target.name,
      openWays(ways, (setting) => lineOf(target, setting)),
      form,
      options.to === "internet" ? "to" : "from",
    );
  const shown = one ? waysOf(from, to, judged, world) : judged.filter((each) => isAsked(each, from, to));
  const isAll = options.all === true || options.from !== undefined || options.to !== undefined;
  const summary = summaryOf(shown, isAll, (setting) => lineOf(target, setting));
  if (form === "json")
    printJson("reachability", { target: target.name, ...(one ? { ways: summary.flows } : summary) });
  else if (picture !== undefined) print(drawDiagram(waysDiagram(summary.flows), picture).trimEnd());
  else if (one)
    print(form === "markdown" ? waysMarkdown(summary.flows) : summary.flows.map(wayText).join("\n"));
  else print((form === "markdown" ? reachMarkdown : reachText)(target.name, summary));
  process.exitCode = shown.some(({ verdict, need }) => verdict === "denied" && need.without === undefined)
    ? 1
    : 0;
}

function exposed(
  target: string,
  { flows, closed }: OpenWays,
  form: Form | DiagramFormat,
  side: "from" | "to",
): void {
  if (form === "json") printJson("reachability_open", { target, ways: flows, closed });
  else if (form === "markdown") print(waysMarkdown(flows));
  else
    print(
      [
        `${target}: ${counted(flows.length, "way")} open, ${closed} closed`,
        ...openGroups(flows, side).flatMap(({ head, lines }) => [
          `  ${head}`,
          ...lines.map((line) => `    ${line}`),
        ]),
      ].join("\n"),
    );
}

function endFor(written: string, option: string, target: string, world: ReachWorld): AskedEnd {
  const asked = askedEnd(written, world);
  if (asked === undefined)
    throw new UsageError(`${option} ${written} is not an end of a flow; write one of ${END_FORMS}`);
  if (asked.ends.length > 0) return asked;
  const { what, names } = asked.instead ?? { what: "an end", names: [] };
  throw new UsageError(unknownName(nameIn(written), `${what} of ${target}`, names));
}

/** Without what stands before and behind it: `ecr.api` of `endpoint:ecr.api:443`. */
function nameIn(written: string): string {
  return written.replace(/:\d+$/, "").replace(/^(?:[a-z-]+:|(?:nodes|api-server)@)/, "");
}

function isAsked({ need }: JudgedNeed, from: AskedEnd | undefined, to: AskedEnd | undefined): boolean {
  const isOne = (asked: AskedEnd | undefined, end: Need["from"]) =>
    asked === undefined || asked.ends.some((each) => endName(each) === endName(end));
  return isOne(from, need.from) && isOne(to, need.to) && (to?.port === undefined || to.port === need.port);
}

/** The needs between two ends; where nobody needs it, the way that such a flow would go. */
function waysOf(
  from: AskedEnd,
  to: AskedEnd,
  judged: readonly JudgedNeed[],
  world: ReachWorld,
): JudgedNeed[] {
  const needed = judged.filter((each) => isAsked(each, from, to));
  if (needed.length > 0) return needed;
  return from.ends.flatMap((one) =>
    to.ends.flatMap((other) =>
      portsOf(to, other).map((port) =>
        judgeNeed(world, {
          kind: "declared call",
          from: one,
          to: other,
          port,
          protocol: port === 53 || port === 123 ? "UDP" : "TCP",
          why: "nobody declares it",
          source: "",
        }),
      ),
    ),
  );
}

function portsOf({ port }: AskedEnd, end: Need["to"]): number[] {
  if (port !== undefined) return [port];
  const own = end.kind === "pods" ? end.pods.ports.map((each) => each.port) : [];
  return own.length > 0 ? [...new Set(own)] : [usualPort(end)];
}

function usualPort(end: Need["to"]): number {
  switch (end.kind) {
    case "vpc-service":
      return { resolver: 53, imds: 80, time: 123 }[end.service];
    case "resolver-endpoint":
      return 53;
    case "kubelet":
      return KUBELET_PORT;
    case "pod-identity-agent":
      return 80;
    default:
      return 443;
  }
}
