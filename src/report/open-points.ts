import type { Target } from "../model/target";
import type { CostEstimate } from "../cost/cost-estimate";
import { isGuardrailId } from "../facts/guardrail-ids";
import { levelOf, remedyOf } from "../guardrails/report/describe";
import type { LocatedFinding } from "../guardrails/report/located";
import type { CapacityReport } from "../ip-capacity/reported-capacity";
import type { TargetVerdict } from "../synth/target-report";
import { brokenWaivers } from "./waiver-effect";
import { whereOf } from "./finding-place";

/** From the worst. */
export const gravities = ["error", "warning", "not met", "decision"] as const;
export type Gravity = (typeof gravities)[number];

/** Something that somebody has to look at. */
export interface OpenPoint {
  readonly gravity: Gravity;
  readonly what: string;
  /** A rule, or a line of a checklist. */
  readonly id?: string;
  readonly details: readonly string[];
  readonly places: readonly string[];
  /** Section of the report with the rest. */
  readonly section?: "guardrails" | "capacity" | "cost" | "readiness" | "versions";
}

interface OpenInput {
  readonly target: Target;
  readonly judged: TargetVerdict;
  readonly capacity: CapacityReport;
  readonly cost: CostEstimate;
  /** What a synthesis warns of. */
  readonly warnings: readonly string[];
}

/** What is open, the worst first; what is equally bad stays in the order of the report. */
export function openPoints(input: OpenInput): readonly OpenPoint[] {
  const all = [
    ...capacityPoints(input),
    ...findingPoints(input.judged.guardrails.findings),
    ...waiverPoints(input),
    ...costPoints(input.cost),
    ...warningPoints(input),
    ...readinessPoints(input.judged),
  ];
  return gravities.flatMap((gravity) => all.filter((each) => each.gravity === gravity));
}

function capacityPoints({ capacity }: OpenInput): readonly OpenPoint[] {
  return capacity.problems.map(({ severity, message, remedy }) => ({
    gravity: severity,
    what: message,
    details: [`Remedy: ${remedy}.`],
    places: [],
    section: "capacity",
  }));
}

/** Findings of a rule with the same text are one point: a fault is often in every zone. */
function findingPoints(findings: readonly LocatedFinding[]): readonly OpenPoint[] {
  const points = new Map<string, OpenPoint>();
  for (const finding of findings) {
    const level = levelOf(finding);
    if (level !== "error" && level !== "warning") continue;
    const key = [finding.rule.id, level, finding.detail, remedyOf(finding)].join("\n");
    const same = points.get(key);
    points.set(key, {
      gravity: level,
      what: finding.rule.what,
      id: finding.rule.id,
      details: [sentence(finding.detail), sentence(remedyOf(finding))],
      places: [...(same?.places ?? []), whereOf(finding)],
      section: "guardrails",
    });
  }
  return [...points.values()];
}

function waiverPoints({ target, judged }: OpenInput): readonly OpenPoint[] {
  const { guardrails } = judged;
  // Those of the address plan are judged, and warned of, with the configuration.
  const ours = target.config.waivers.filter(({ rule }) => isGuardrailId(rule));
  // The finding that an ended waiver no longer waives is a point of its own.
  const ended = new Set(guardrails.findings.map(({ waiver }) => waiver));
  const broken = brokenWaivers(ours, guardrails).filter(({ waiver }) => !ended.has(waiver));
  return [...new Set(broken.map(({ problem }) => problem))].map((problem) => {
    const mine = broken.filter((each) => each.problem === problem).map(({ waiver }) => waiver);
    const [first] = mine;
    const one = mine.length === 1 && first !== undefined;
    return {
      gravity: "warning",
      what: `${one ? "A waiver waives" : `${mine.length} waivers waive`} nothing: ${problem}`,
      ...(one ? { id: first.rule } : {}),
      details: mine.map(({ at, owner, reason }) => `At ${at}, of ${owner}: ${reason}.`),
      places: [],
      section: "guardrails",
    };
  });
}

function costPoints({ missing }: CostEstimate): readonly OpenPoint[] {
  if (missing.length === 0) return [];
  return [
    {
      gravity: "warning",
      what: "The sum lacks prices",
      details: [
        sentence(`none for ${missing.map(({ text }) => text).join("; ")}`),
        sentence(`give ${missing.map(({ key }) => `cost.prices.${key}`).join(", ")}`),
      ],
      places: [],
      section: "cost",
    },
  ];
}

/** What a run warns of, without the problems with addresses, of which the report says more. */
function warningPoints({ target, warnings, capacity }: OpenInput): readonly OpenPoint[] {
  return warnings
    .filter((line) => !capacity.problems.some(({ message }) => line.includes(message)))
    .map((line) => warningPoint(line, target.name));
}

/** A line ends in its target and the rule that a waiver names, or begins with its target. */
function warningPoint(line: string, target: string): OpenPoint {
  const end = line.lastIndexOf(` (${target}; waiver: `);
  const id = end < 0 ? undefined : /waiver: (\S+) at /.exec(line.slice(end))?.[1];
  const text = end < 0 ? line : line.slice(0, end);
  const own = text.startsWith(`${target}: `) ? text.slice(target.length + 2) : text;
  const [what = own, ...rest] = own.split("; ");
  return {
    gravity: "warning",
    what: capital(what),
    ...(id === undefined ? {} : { id }),
    details: rest.length === 0 ? [] : [sentence(rest.join("; "))],
    places: [],
    ...(id !== undefined && /^(?:PIN|VERSION)-/.test(id) ? { section: "versions" } : {}),
  };
}

/** A line that is not met because of a finding would say the same twice. */
function readinessPoints({ readiness, guardrails }: TargetVerdict): readonly OpenPoint[] {
  const rules = new Set(guardrails.findings.map(({ rule }) => rule.id));
  return readiness.items.flatMap(({ status, asks, group, number, says, evidence }): OpenPoint[] => {
    if (status !== "not met" && status !== "decision needed") return [];
    if (rules.has(says.split(":")[0] ?? "")) return [];
    return [
      {
        gravity: status === "not met" ? "not met" : "decision",
        what: asks,
        id: `${group}, ${number}`,
        details: [sentence(says)],
        places: evidence,
        section: "readiness",
      },
    ];
  });
}

/** Messages begin small, for they stand behind a place; here they stand alone. A setting keeps its case. */
export function sentence(text: string): string {
  const whole = capital(text);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

function capital(text: string): string {
  return /^[a-z]+[ ,;]/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}
