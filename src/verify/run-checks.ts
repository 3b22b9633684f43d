import { type Answer, type Live, type Question, typed } from "../live/question";
import type { Checked, LiveCheck, Outcome, Subject } from "./live-check";

const NOT_YET: Answer = { is: "missing", why: "not asked yet" };
/** No check leads from one answer to the next more often. */
const MOST_ROUNDS = 8;

/**
 * Runs checks at once: each judges, what it did not know is asked, and it judges again until it asks nothing new.
 *
 * @param done called with each as soon as it is known
 */
export async function runChecks(
  checks: readonly LiveCheck[],
  subject: Subject,
  live: Live,
  done: (checked: Checked) => void = () => undefined,
): Promise<Checked[]> {
  return Promise.all(
    checks.map(async (check) => {
      const checked = { check, outcome: await outcomeOf(check, subject, live) };
      done(checked);
      return checked;
    }),
  );
}

async function outcomeOf(check: LiveCheck, subject: Subject, live: Live): Promise<Outcome> {
  const known = new Map<string, Answer>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const open = new Map<string, Question>();
    const outcome = check.judge(subject, (question) => {
      const key = keyOf(question);
      const answer = known.get(key);
      if (answer === undefined) open.set(key, question);
      return answer ?? NOT_YET;
    });
    if (open.size === 0) return outcome;
    const answers = await Promise.all(
      [...open].map(async ([key, question]) => [key, await live.ask(question)] as const),
    );
    for (const [key, answer] of answers) known.set(key, answer);
  }
  return { is: "not known", says: [`it led to more questions than ${MOST_ROUNDS} times`] };
}

function keyOf(question: Question): string {
  return `${typed(question)}\n${question.input ?? ""}`;
}
