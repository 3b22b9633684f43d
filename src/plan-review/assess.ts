import { compareChange } from "./diff/compare";
import { byImpact, type Impact, worstImpact } from "./model/impact";
import type { Change, Drift, Finding, Review } from "./model/change";
import { counted, listed, type Phrase, say, words } from "./model/phrase";
import { fields, isArray } from "../terraform-plan/json";
import type { Action, Placeholder, Plan, PlannedChange } from "./read/plan";
import { runRules } from "./rules/all-rules";
import { byWorstFinding } from "./rules/costs";
import { possibleReplacement } from "./rules/possible";
import { finding } from "./rules/rule";
import { Surroundings } from "./rules/surroundings";
import { withCauses } from "./story/consequences";

/**
 * Weighs plans: what each change does by the rules, the worst first. A pure function of the plans.
 *
 * @param unplanned stacks that belong to the change and have no plan: said on top, since nothing is known of them
 * @param leftBehind what no plan can show, because no config makes it any more: told first. Left out: nobody looked for it
 */
export function assess(
  plans: readonly Plan[],
  unplanned: readonly string[] = [],
  leftBehind?: readonly Phrase[],
): Review {
  const around = new Surroundings(plans);
  const placeholders = new Map(plans.map((plan) => [plan.stack, plan.placeholders]));
  const weighed = plans
    .flatMap((plan) => plan.changes)
    .filter((each) => each.action !== "no-op" || isNoted(each))
    .filter((each) => each.action !== "read")
    .map((planned) => ({
      planned,
      change: {
        ...assessChange(planned, around),
        placeholders: placeholdersIn(planned, placeholders.get(planned.stack) ?? []),
      },
    }))
    .sort((a, b) => byWorst(a.change, b.change));
  const changes = withCauses(weighed);
  const drift = plans.flatMap((plan) =>
    plan.drift.filter(({ action }) => action !== "no-op").map((each) => assessDrift(each, plan)),
  );
  const stacks = plans.map((plan) => ({
    stack: plan.stack,
    source: plan.source,
    terraformVersion: plan.terraformVersion,
    counts: countActions(plan.changes),
  }));
  const all = [...changes.map(({ impact }) => impact), ...drift.map(({ impact }) => impact)];
  return {
    leftBehind: leftBehind ?? [],
    stopped: plans.filter(({ errored }) => errored).map(({ stack }) => stack),
    stacks,
    changes,
    drift: drift.sort(byWorst),
    outputs: plans.flatMap((plan) => plan.outputs.filter(({ action }) => action !== "no-op")),
    warnings: [
      ...(unplanned.length === 0 ? [] : [say`not planned, so not reviewed: ${listed(unplanned, 20)}`]),
      ...plans.flatMap(warningsOf),
    ],
    blindSpots: [...blindSpots(plans), ...(leftBehind === undefined ? [NO_STATES] : [])],
    counts: countActions(plans.flatMap((plan) => plan.changes)),
    impact: worstImpact(all),
    couldBe: worstImpact([
      ...all,
      ...changes.map(({ couldBe }) => couldBe),
      ...drift.map(({ couldBe }) => couldBe),
    ]),
  };
}

const NO_STATES =
  "Stacks that the config no longer has: npx octarine plan and npx octarine list --left look for their states.";

/** A move or an import without any change is still news. */
function isNoted(planned: PlannedChange): boolean {
  return planned.importing || isMoved(planned);
}

function byWorst(a: Change, b: Change): number {
  const [first, second] = [a.findings[0], b.findings[0]];
  return (
    byImpact(a.couldBe, b.couldBe) ||
    byImpact(a.impact, b.impact) ||
    (first !== undefined && second !== undefined ? byWorstFinding(first, second) : 0) ||
    compareText(a.stack, b.stack) ||
    compareText(a.address, b.address)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function assessChange(planned: PlannedChange, around: Surroundings): Change {
  const found = runRules(planned, around);
  const findings = [...found, ...possibleReplacement(planned, around, found)].sort(byWorstFinding);
  return describe(planned, findings, planned.action === "no-op" ? "none" : "routine");
}

function describe(planned: PlannedChange, findings: readonly Finding[], least: Impact): Change {
  const { shown, leftOut } = compareChange(planned);
  // All of it comes or goes: attribute by attribute there is nothing to compare.
  const isWhole = ["create", "delete", "forget"].includes(planned.action);
  const impact = worstImpact([least, ...findings.map((each) => each.impact)]);
  return {
    stack: planned.stack,
    address: planned.address,
    type: planned.type,
    action: planned.action,
    createBeforeDelete: planned.createBeforeDelete,
    replacedBecause: planned.action === "replace" ? replaceReasons(planned) : [],
    ...(isMoved(planned) && { movedFrom: planned.previousAddress }),
    imported: planned.importing,
    impact,
    couldBe: worstImpact([impact, ...findings.map((each) => each.couldBe ?? each.impact)]),
    findings,
    differences: isWhole ? [] : shown,
    differencesLeftOut: isWhole ? 0 : leftOut,
    unknown: unknownAttributes(planned),
    placeholders: [],
  };
}

function isMoved({ previousAddress, address }: PlannedChange): boolean {
  return previousAddress !== undefined && previousAddress !== address;
}

function replaceReasons(planned: PlannedChange): readonly string[] {
  if (planned.replacePaths.length > 0) return planned.replacePaths.map((path) => path.join("."));
  return planned.reason === undefined ? [] : [planned.reason];
}

function unknownAttributes({ afterUnknown, action }: PlannedChange): readonly string[] {
  if (
    action === "delete" ||
    typeof afterUnknown !== "object" ||
    afterUnknown === null ||
    isArray(afterUnknown)
  )
    return [];
  return Object.entries(afterUnknown).flatMap(([key, mark]) => (mark === true ? [key] : []));
}

function assessDrift(planned: PlannedChange, plan: Plan): Drift {
  const takenBack = plan.changes.some(
    ({ address, action }) => address === planned.address && !["no-op", "read"].includes(action),
  );
  const gone = planned.action === "delete";
  const what: Phrase = gone
    ? say`${planned.address} is gone`
    : say`${planned.address} differs from what was applied`;
  const back = takenBack
    ? words("this plan changes it: look there whether it is put back")
    : words("this plan leaves it so");
  return { ...describe(planned, [finding("DRIFT", what, { details: [back] })], "security"), takenBack };
}

/** Texts that hold a mark of a placeholder; a hash or an encoding of one can't be told. */
function placeholdersIn({ after }: PlannedChange, all: readonly Placeholder[]): readonly string[] {
  if (all.length === 0) return [];
  return fields(after).flatMap(([name, value]) => {
    const text = JSON.stringify(value);
    const outputs = all.filter((each) => holds(text, each.mark)).map(({ output }) => output);
    return outputs.length === 0 ? [] : [`${name} (${[...new Set(outputs)].join(", ")})`];
  });
}

/** Not as the beginning of a longer one: 192.0.2.1 is not in 192.0.2.10. */
function holds(text: string, value: string): boolean {
  const at = text.indexOf(value);
  if (at === -1) return false;
  const rest = text.slice(at + value.length);
  return !/^[A-Za-z0-9]/.test(rest) || holds(rest, value);
}

function warningsOf(plan: Plan): Phrase[] {
  const checks = plan.failedChecks.map(
    ({ address, problems }) =>
      say`${plan.stack}: check ${address} does not hold${problems.length > 0 ? say`: ${listed(problems, 3)}` : []}`,
  );
  const outputs = [...new Set(plan.placeholders.map(({ output }) => output.replace(/\[.*/, "")))];
  return [
    ...(outputs.length === 0
      ? []
      : [say`${plan.stack}: planned with placeholders for what is not deployed yet: ${listed(outputs, 30)}`]),
    ...(plan.errored ? [say`${plan.stack}: planning stopped at an error, so this is not everything`] : []),
    ...(plan.complete || plan.errored
      ? []
      : [say`${plan.stack}: after this apply, a second plan will have more to do`]),
    ...(plan.deferred > 0
      ? [say`${plan.stack}: Terraform puts off ${counted(plan.deferred, "change")} to a later plan`]
      : []),
    ...checks,
  ];
}

function countActions(changes: readonly PlannedChange[]): Readonly<Record<Action, number>> {
  const counts: Record<Action, number> = {
    "no-op": 0,
    read: 0,
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    forget: 0,
    unknown: 0,
  };
  for (const { mode, action } of changes) if (mode === "managed") counts[action]++;
  return counts;
}

function blindSpots(plans: readonly Plan[]): string[] {
  const has = (type: string) => plans.some((plan) => plan.changes.some((each) => each.type === type));
  return [
    "What AWS refuses at apply: quotas, names that are taken, permissions of the role that applies.",
    "Values known only after apply, and what other stacks do with outputs that change: review their plans, too.",
    "Whether pods survive a roll: disruption budgets, replicas and what runs outside this configuration.",
    ...(has("helm_release")
      ? ["What a chart renders: values and versions are compared, not manifests of the chart."]
      : []),
    "Policies attached by others, what conditions of policies mean (their texts are compared), and the order of network ACL rules.",
    ...(plans.some(({ placeholders }) => placeholders.length > 0)
      ? [
          "What placeholders become: no id or address in their place is real, and what is derived from one is not marked.",
        ]
      : []),
    "Changes made since the plan, or outside Terraform to what it does not manage.",
  ];
}
