import fs from "node:fs";
import path from "node:path";
import { furtherQuestions, questionsFor } from "../../diagnose/questions";
import type { Collected } from "../../diagnose/read/collected";
import { listAt, textAt, valuesOf } from "../../diagnose/read/values";
import type { TargetFacts } from "../../diagnose/world";
import { type Answer, aws, kubectl, type Live, type Question, typed, whyNot } from "../../live/question";
import { INDEX, recorder, type Recorded } from "../../live/recorder";
import { withoutSecrets } from "../../live/without-secrets";

export interface Asked {
  readonly collected: readonly Collected[];
  /** Questions without an answer, and why. */
  readonly unanswered: readonly { readonly command: string; readonly why: string }[];
}

/** Asks what a diagnosis needs; reading only. Answers have no secrets in them, whether they are kept or not. */
export async function askCluster(
  live: Live,
  target: TargetFacts,
  folder: string | undefined,
): Promise<Asked> {
  const asked = folder === undefined ? live : recorder(live, folder);
  const cluster = await asked.ask(aws("eks", "describe-cluster", "--name", target.clusterName));
  const vpcId = textAt(first(cluster), "cluster", "resourcesVpcConfig", "vpcId") || undefined;
  const questions = questionsFor(target, vpcId);
  const answers = await Promise.all(questions.map((question) => asked.ask(question)));
  const bindings = await asked.ask(kubectl("get", "targetgroupbindings", "-A", "-o", "json"));
  const groups = questions.findIndex(({ args }) => args[1] === "list-nodegroups");
  const more = furtherQuestions(
    target.clusterName,
    listAt(first(bindings), "items")
      .map((each) => textAt(each, "spec", "targetGroupARN"))
      .filter(Boolean),
    listAt(first(answers[groups]), "nodegroups").map(String),
  );
  const further = await Promise.all(more.map((question) => asked.ask(question)));
  const files = folder === undefined ? new Map<string, string>() : filesOf(folder);
  const all: (readonly [Question, Answer])[] = [
    ...questions.map((question, index) => [question, answers[index]!] as const),
    ...more.map((question, index) => [question, further[index]!] as const),
  ];
  return {
    collected: all.flatMap(([question, answer]) => collectedOf(question, answer, files)),
    unanswered: all.flatMap(([question, answer]) =>
      answer.is === "said" ? [] : [{ command: typed(question), why: whyNot(answer) }],
    ),
  };
}

function collectedOf(question: Question, answer: Answer, files: ReadonlyMap<string, string>): Collected[] {
  if (answer.is !== "said" || answer.text.trim() === "") return [];
  const command = typed(question);
  return [{ command, file: files.get(command) ?? command, line: 1, text: withoutSecrets(answer.text) }];
}

function first(answer: Answer | undefined): unknown {
  return answer?.is === "said" ? valuesOf(answer.text)[0] : undefined;
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const all = JSON.parse(fs.readFileSync(path.join(folder, INDEX), "utf8")) as readonly Recorded[];
  return new Map(all.flatMap(({ command, file }) => (file === undefined ? [] : [[command, file]])));
}
