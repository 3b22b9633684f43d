import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import { askAccount, type Account } from "../../adopt/account/ask-account";
import { existingIn } from "../../adopt/existing";
import { type FirstChange, firstPlan, ONLY_IN_STATE } from "../../adopt/first-plan";
import { type Doubt, match, oldAddresses } from "../../adopt/match";
import { type Planned, plannedStack } from "../../adopt/planned";
import { changeRow, doubtLine, summary } from "../../adopt/told";
import { type Said, withSaid } from "../../adopt/write-adoption";
import { adoptionsFile } from "../../config/read/adoptions";
import type { Adoption } from "../../config/schema/adoption";
import { selectTarget } from "../../fleet/select-targets";
import { recorded } from "../../live/recorded";
import { tools } from "../../live/tools";
import { stackId } from "../../model/stacks/state-location";
import type { Target } from "../../model/target";
import { type PlanText, readPlan } from "../../plan-review/read/read-plan";
import { parsePlan, terraformJson } from "../../terraform-plan/plan-document";
import { table } from "../../text/columns";
import { checkedFleet } from "../checked-fleet";
import { OUT_DIR, type RunOptions, stacksNamed, TargetRun } from "../deploy/target-run";
import { UpstreamOutputs, waitsForText } from "../deploy/upstream-outputs";
import { stackDir } from "../deploy/workspaces";
import { envsDir } from "../fleet-options";
import { textOfNamed } from "../named-path";
import { CommandFailure } from "../report-error";
import { planAsJson } from "../review/review-target";
import { print, printJson, say, warn } from "../terminal";
import { writeWhole } from "../write-whole";

interface AdoptOptions extends RunOptions {
  readonly from?: readonly string[];
  readonly answers?: string;
  readonly accept?: boolean;
  readonly json?: boolean;
}

/** What was found for a stack, and what its plan does when that is taken over. */
export interface AdoptReport {
  readonly target: string;
  readonly stack: string;
  /** File that holds what is taken over. */
  readonly file: string;
  readonly changes: readonly FirstChange[];
  readonly doubts: readonly Doubt[];
  /** Addresses of types that are not looked for. */
  readonly notLookedFor: readonly string[];
  readonly unanswered: Account["unanswered"];
  /** Addresses of the old project's state that another state has from now on. */
  readonly givenUp: readonly string[];
}

const NOTHING: Adoption = { imports: {}, changes: {}, creates: [], replaces: [] };

/** Ids of what is imported are known in the next plan, and name what depends on it: chains are no longer than this. */
const ROUNDS = 8;

/** Looks for what a stack would make, takes it over in the target's file, and says what the plan then does. */
export async function adopt(
  name: string,
  only: string,
  options: AdoptOptions,
  command: Command,
): Promise<void> {
  const first = selectTarget(checkedFleet(command), name);
  const [stack = ""] = stacksNamed(first, only);
  const file = adoptionsFile(path.join(envsDir(command), first.environment), first.region);
  const look = lookerOf(first, options);
  const seen = new Map<string, Planned>();
  for (let round = 1; ; round++) {
    const target = selectTarget(checkedFleet(command), name);
    const said = target.adoptions?.[stack] ?? NOTHING;
    const text = await planOf(command, target, stack, options);
    const planned = plannedStack(parsePlan(text.text, text.source));
    planned.created.forEach((each) => seen.set(each.address, each));
    const account = await look([...seen.values()]);
    const matched = match(planned, account.existing, said.imports);
    if (matched.matches.length > 0 && round < ROUNDS) {
      say(`${stackId(target, stack)}: ${matched.matches.length} found in round ${round}`);
      write(file, name, stack, {
        imports: Object.fromEntries(matched.matches.map(({ address, id }) => [address, id])),
      });
      continue;
    }
    const changes = firstPlan(readPlan(text), said);
    if (options.accept === true) accept(file, name, stack, changes);
    const after = options.accept === true ? firstPlan(readPlan(text), accepted(said, changes)) : changes;
    return tell(
      {
        target: name,
        stack,
        file,
        changes: after,
        doubts: matched.doubts,
        notLookedFor: matched.unknown
          .filter(({ type }) => !ONLY_IN_STATE.has(type))
          .map(({ address }) => address),
        unanswered: account.unanswered,
        givenUp: oldAddresses(account.existing, said.imports),
      },
      options.json === true,
    );
  }
}

/** @throws CommandFailure where the stack can't be planned yet */
async function planOf(
  command: Command,
  { name }: Target,
  stack: string,
  options: AdoptOptions,
): Promise<PlanText> {
  const run = new TargetRun(checkedFleet(command), name, options);
  try {
    const id = stackId(run.target, stack);
    await run.prepare(stack);
    const waits = await new UpstreamOutputs(run).waitsFor(stack);
    if (waits.length > 0)
      throw new CommandFailure(
        `${id} waits for ${waitsForText(waits)}; adopt and deploy what comes before it first`,
      );
    await run.reach(stack);
    const { text, failure } = await planAsJson(id, stackDir(OUT_DIR, run.target, stack));
    if (failure !== undefined) throw failure;
    return text;
  } finally {
    run.close();
  }
}

/** Who tells what exists: files of the old project, recorded answers, or AWS. */
function lookerOf(
  target: Target,
  { from, answers }: AdoptOptions,
): (planned: readonly Planned[]) => Promise<Account> {
  if (from !== undefined) {
    const existing = from.flatMap((each) => existingIn(terraformJson(textOfNamed(each), each)));
    if (existing.length === 0)
      throw new CommandFailure(
        `${from.join(", ")} holds no resource; give terraform show -json, or terraform state pull, of the old project`,
      );
    return () => Promise.resolve({ existing, unanswered: [] });
  }
  const live = answers === undefined ? tools({ region: target.region }) : recorded(answers);
  return (planned) => askAccount(live, planned);
}

function write(file: string, target: string, stack: string, said: Said): void {
  const before = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  writeWhole(file, withSaid(before, target, stack, said));
}

/** Deleting and replacing is said by hand only. */
function accept(file: string, target: string, stack: string, changes: readonly FirstChange[]): void {
  const unsaid = changes.filter((each) => each.unsaid.length > 0);
  const changed = unsaid.filter(({ does }) => does === "changes");
  const created = unsaid.filter(({ does }) => does === "creates");
  if (changed.length + created.length === 0) return;
  write(file, target, stack, {
    changes: Object.fromEntries(changed.map(({ address, unsaid: attributes }) => [address, attributes])),
    creates: created.map(({ address }) => address),
  });
}

function accepted(said: Adoption, changes: readonly FirstChange[]): Adoption {
  const added = changes
    .filter(({ does }) => does === "changes")
    .map(({ address, attributes }) => [address, [...attributes]]);
  const created = changes.filter(({ does }) => does === "creates").map(({ address }) => address);
  return {
    ...said,
    changes: { ...said.changes, ...(Object.fromEntries(added) as Adoption["changes"]) },
    creates: [...said.creates, ...created],
  };
}

function tell(report: AdoptReport, asJson: boolean): void {
  const { target, stack, file, changes, doubts, notLookedFor, unanswered, givenUp } = report;
  const unsaid = changes.filter((each) => each.unsaid.length > 0);
  if (unsaid.length + doubts.length + unanswered.length > 0) process.exitCode = 1;
  if (asJson) return printJson("adopt", report);
  if (changes.length > 0) print(table(changes.map(changeRow)));
  print(`${target} ${stack}: ${summary(changes)}`);
  if (doubts.length > 0) {
    print(
      `\nNot taken over, because nobody can tell; write the right id into ${file}, under ${stack}.imports:`,
    );
    doubts.forEach((each) => print(`  ${doubtLine(each)}`));
  }
  if (notLookedFor.length > 0)
    say(`not looked for, so made anew unless ${file} names them: ${notLookedFor.join(", ")}`);
  unanswered.forEach(({ question, why }) =>
    warn(`${question} was not answered: ${why}; what it tells of may be there`),
  );
  if (givenUp.length > 0) {
    print("\nTwo states must not have one thing. In the old project, before either is applied:");
    givenUp.forEach((each) => print(`  terraform state rm '${each.replaceAll("'", `'\\''`)}'`));
  }
  if (unsaid.length > 0)
    print(
      `\nnpx octarine deploy refuses what is not said in ${file}; add it there, or run this again with --accept`,
    );
}
