import { type Live, typed, whyNot } from "../../live/question";
import { type Json, parseJson } from "../../terraform-plan/json";
import { type Existing, VPC_DEFAULTS } from "../existing";
import type { Planned } from "../planned";
import { ec2Sources } from "./ec2";
import { securityGroupSources } from "./security-groups";
import { serviceSources } from "./services";

/** What could be seen of an account. */
export interface Account {
  readonly existing: readonly Existing[];
  /** Questions that nobody answered: what they are about may be there. */
  readonly unanswered: readonly {
    readonly question: string;
    readonly types: readonly string[];
    readonly why: string;
  }[];
}

const sources = [...ec2Sources, ...securityGroupSources, ...serviceSources];

/** Asks the account for what a plan would make. Nothing is changed there. */
export async function askAccount(live: Live, planned: readonly Planned[]): Promise<Account> {
  const types = new Set(planned.map(({ type }) => type));
  const existing: Existing[] = [];
  const unanswered: Account["unanswered"][number][] = [];
  for (const { types: of, ask, read } of sources) {
    if (!of.some((each) => types.has(each))) continue;
    const questions = ask({ planned, found: existing });
    const answers = await Promise.all(
      questions.map(async (question) => ({ question, answer: await live.ask(question) })),
    );
    for (const { question, answer } of answers) {
      if (answer.is === "said") existing.push(...read(jsonOf(answer.text), question));
      else if (!isAbsent(answer))
        unanswered.push({ question: typed(question), types: of, why: whyNot(answer) });
    }
  }
  return { existing: withDefaults(newest(existing)), unanswered };
}

/** An empty answer has nothing in it. */
function jsonOf(answer: string): Json {
  return answer.trim() === "" ? {} : parseJson(answer);
}

/** That there is no such thing is an answer. */
function isAbsent(answer: { readonly is: string; readonly stderr?: string }): boolean {
  return (
    answer.is === "failed" &&
    /NoSuchEntity|ResourceNotFoundException|NotFoundException/.test(answer.stderr ?? "")
  );
}

/** Of what was told twice, the later answer, which says more. */
function newest(all: readonly Existing[]): readonly Existing[] {
  const byKey = new Map<string, Existing>();
  for (const each of all) byKey.set(JSON.stringify([each.type, each.attributes.id ?? each.attributes]), each);
  return [...byKey.values()];
}

/** VPCs with the ids of what came with them, as Terraform has them. */
function withDefaults(all: readonly Existing[]): readonly Existing[] {
  return all.map((each) => {
    if (each.type !== "aws_vpc") return each;
    const own = all.flatMap(({ type, attributes }) => {
      const name = VPC_DEFAULTS[type];
      const { id, vpc_id } = attributes;
      return name === undefined || id === undefined || vpc_id !== each.attributes.id
        ? []
        : [[name, id] as const];
    });
    return { ...each, attributes: { ...each.attributes, ...Object.fromEntries(own) } };
  });
}
