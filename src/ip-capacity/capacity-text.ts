import { listed } from "../text/listed";
import { wrap } from "../text/wrap";
import { counted, figure } from "../text/counted";
import { capacityPicture } from "./capacity-picture";
import type { CapacityProblem } from "./capacity-problem";
import type { CapacityReport } from "./reported-capacity";
import { subnetNouns, type SubnetReport, type ZoneReport } from "./capacity-zones";
import { formatExhaustion } from "./exhaustion";
import { formatQuotaCheck } from "./quotas";

/** How words are set off on a terminal; plain where there is none. */
export interface TextPaint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const plain = (text: string): string => text;
const noPaint: TextPaint = { good: plain, bad: plain, warn: plain, strong: plain, faint: plain };

const WIDTH = 100;

/** The report for a terminal of 100 columns. The last line is the verdict. */
export function capacityText(report: CapacityReport, paint: TextPaint = noPaint): string {
  const sections = [
    heading(report, paint),
    capacityPicture(report.zones, paint),
    formulas(report, paint),
    problems(report, paint),
    questions(report, paint),
    details(report, paint),
  ];
  return [
    ...sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")),
    verdict(report, paint),
  ].join("\n\n");
}

function heading({ target, mode, zones }: CapacityReport, { strong }: TextPaint): readonly string[] {
  const pods = listed([...new Set(zones.map(({ podsPerNode }) => String(podsPerNode)))], "or");
  const nodes = listed([...new Set(zones.map(({ nodes: { steady } }) => String(steady)))], "or");
  return [
    `${strong(`IP capacity of ${target}`)}`,
    `${mode}, nodes in a zone: ${nodes}, pods on a node: ${pods}`,
  ];
}

function formulas({ zones }: CapacityReport, paint: TextPaint): readonly string[] {
  const blocks = zones.flatMap((zone) =>
    zone.subnets.map((subnet) => ({
      zone: zone.zone,
      subnet,
      lines: formula(subnet, paint),
      key: keyOf(zone, subnet),
    })),
  );
  const distinct = blocks.filter(
    (block, index) => blocks.findIndex(({ key }) => key === block.key) === index,
  );
  return distinct.flatMap(({ subnet, lines, key }, index) => {
    const alike = blocks.filter((block) => block.key === key).map(({ zone }) => zone);
    return [
      ...(index > 0 ? [""] : []),
      paint.strong(`${capital(subnetNouns[subnet.subnet])} subnet of ${alike.join(", ")}`),
      ...lines,
    ];
  });
}

/** Zones with the same figures share one block; their CIDRs differ anyway. */
function keyOf({ nodes }: ZoneReport, { cidr: _, ...figures }: SubnetReport): string {
  return JSON.stringify([nodes, figures]);
}

function formula(subnet: SubnetReport, { good, bad, faint }: TextPaint): readonly string[] {
  const line = (label: string, calculation: string, addresses: number) =>
    `  ${label.padEnd(25)}${calculation.padEnd(30)}${figure(addresses).padStart(8)}`;
  const size =
    subnet.smallestPlace ??
    (subnet.smallestPrefix === null ? "more than a /16" : `a /${subnet.smallestPrefix}, by cidrs,`);
  const rest = subnet.fits
    ? good(`${figure(subnet.free)} free`)
    : bad(`${figure(-subnet.free)} missing, ${size} would do`);
  const ends =
    subnet.exhaustedSteady === null || subnet.exhaustedAtPeak === null
      ? []
      : [
          `  exhausted: at peak ${formatExhaustion(subnet.exhaustedAtPeak)},` +
            ` steadily ${formatExhaustion(subnet.exhaustedSteady)}`,
        ];
  return [
    ...subnet.terms.map(({ label, calculation, addresses }) => line(label, calculation, addresses)),
    faint(`  ${"-".repeat(63)}`),
    line("needed", "", subnet.need),
    `${line("usable", "without the 5 AWS keeps", subnet.usable)}  ${rest}`,
    ...ends,
  ];
}

function problems({ problems: all }: CapacityReport, paint: TextPaint): readonly string[] {
  if (all.length === 0) return [];
  return [paint.strong("What does not fit"), ...all.flatMap((problem) => problemLines(problem, paint))];
}

function problemLines(
  { severity, subject, message, remedy }: CapacityProblem,
  { bad, warn, faint }: TextPaint,
): readonly string[] {
  const mark = severity === "error" ? bad("error  ") : warn("warning");
  const [first = "", ...more] = wrap(`${subject}: ${message}`, WIDTH - 10);
  return [
    `  ${mark} ${first}`,
    ...more.map((line) => `          ${line}`),
    ...wrap(`fits: ${remedy}`, WIDTH - 10).map((line) => faint(`          ${line}`)),
  ];
}

function questions({ answers }: CapacityReport, { strong }: TextPaint): readonly string[] {
  return [
    strong("Review"),
    ...answers.flatMap(({ question, answer }, index) => [
      `  ${index + 1}. ${question}`,
      ...wrap(answer, WIDTH - 5).map((line) => `     ${line}`),
    ]),
  ];
}

function details(report: CapacityReport, { strong, faint }: TextPaint): readonly string[] {
  const losses = report.zoneLosses.map(({ lost, fits, remaining }) => {
    const most = Math.max(0, ...remaining.map(({ nodes }) => nodes));
    return `without ${listed(lost)}: ${fits ? "fits" : "does not fit"}, up to ${counted(most, "node")} in a zone`;
  });
  const warm = report.warmPool.map(
    ({ name, heldInZone, readyPods }) =>
      `warm pool ${name}: ${figure(heldInZone)} addresses held in a zone, ${readyPods} pods of a node can start at once`,
  );
  const prefixes = (report.prefixes?.zones ?? []).map(({ zone, blocksNeeded, atRandom, reservations }) => {
    const random =
      atRandom === null ? "" : `, ${atRandom.expectedFree.toFixed(1)} of ${atRandom.blocks} whole at random`;
    return `prefixes in ${zone}: ${blocksNeeded} blocks needed${random}; reserve ${reservations.join(" ") || "nothing"}`;
  });
  const quotas = report.quotas.map(
    (check) => `quota: ${formatQuotaCheck(check)}${check.fits ? "" : " (too few)"}`,
  );
  const all = [...losses, ...warm, ...prefixes, ...quotas];
  const notes = [
    ...report.assumptions.map((text) => `assumed: ${text}`),
    ...report.unknown.map((text) => `no source: ${text}`),
  ];
  return [
    strong("Details"),
    ...all.flatMap((text) => indented(text)),
    ...notes.flatMap((text) => indented(text).map(faint)),
  ];
}

function indented(text: string): readonly string[] {
  return wrap(text, WIDTH - 4).map((line, index) => `${index === 0 ? "  " : "    "}${line}`);
}

function verdict({ target, fits, problems: all }: CapacityReport, { good, bad }: TextPaint): string {
  const errors = all.filter(({ severity }) => severity === "error").length;
  const warnings = all.length - errors;
  const counts = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  const tail = counts.length > 0 ? `: ${counts.join(", ")}` : "";
  return fits ? good(`${target} fits${tail}`) : bad(`${target} does not fit${tail}`);
}

function capital(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}
