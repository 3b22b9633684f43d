import { counted } from "../text/counted";
import { listed } from "../text/listed";
import { visible } from "../text/visible";
import { causeOf } from "./causes/causes";
import type { Diagnosis } from "./diagnose";
import type { Finding } from "./finding";
import type { Certainty } from "./rule";

const WORDS: Readonly<Record<Certainty, string>> = {
  sure: "",
  likely: "likely: ",
  possible: "may be: ",
};

export interface Told extends Diagnosis {
  /** Name of the target; undefined where a folder was read without one. */
  readonly target: string | undefined;
  /** How many answers were read. */
  readonly answers: number;
}

/** For people: what is wrong, why that is thought, and what to do. */
export function diagnosisText(told: Told, placeOf: (key: string) => string | undefined): string {
  const { target, answers, findings, advice } = told;
  const causes = findings.filter(({ follows }) => follows === undefined);
  const effects = findings.filter(({ follows }) => follows !== undefined);
  const head = `${target === undefined ? "" : `${target}: `}${counted(causes.length, "cause")} found in ${counted(answers, "answer")}`;
  return [
    head,
    ...causes.flatMap((finding, index) => ["", ...causeText(finding, index + 1, placeOf)]),
    ...(effects.length === 0 ? [] : ["", "What follows from these:"]),
    ...effects.map(effectText),
    ...advice.flatMap(({ seen, collect }) => [
      "",
      `Not explained: ${seen}; collect`,
      ...collect.map((command) => `  ${command}`),
    ]),
    ...(findings.length === 0 && advice.length === 0
      ? ["", "Nothing in these answers is wrong; docs/diagnose.md lists what to collect"]
      : []),
  ].join("\n");
}

function causeText(finding: Finding, number: number, placeOf: (key: string) => string | undefined): string[] {
  const { title, certainty, details, evidence, against, keys, mend, confirm, runbook, cause } = finding;
  return [
    `${number}. ${WORDS[certainty]}${title} [${cause}]`,
    ...details.map((detail) => `   ${visible(detail)}`),
    ...evidence.map(({ file, line, text }) => `   | ${visible(file)}:${line}  ${visible(text)}`),
    ...against.map((each) => `   against it: ${visible(each)}`),
    `   mend: ${mend}`,
    ...(keys.length === 0 ? [] : [`   keys: ${keys.map((key) => withPlace(key, placeOf(key))).join(", ")}`]),
    `   confirm: ${confirm}`,
    `   runbook: ${runbook}`,
  ];
}

function withPlace(key: string, place: string | undefined): string {
  return place === undefined ? key : `${key} (${place})`;
}

function effectText({ title, cause, follows, evidence }: Finding): string {
  const [first] = evidence;
  const behind = follows === undefined ? "" : `: ${causeOf(follows).title} [${follows}]`;
  const at = first === undefined ? "" : ` (${visible(first.file)}:${first.line})`;
  return `  ${title} [${cause}]${at}; because${behind}`;
}

/** Names of causes for a last line. */
export function namesOf(findings: readonly Finding[]): string {
  return listed(findings.filter(({ follows }) => follows === undefined).map(({ cause }) => cause));
}
