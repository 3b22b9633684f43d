import type { Question } from "../../live/question";
import { field, isObject, items, type Json, type JsonObject, text } from "../../terraform-plan/json";
import type { Existing } from "../existing";
import type { Planned } from "../planned";

/** What is known when a source is asked. */
export interface Known {
  readonly planned: readonly Planned[];
  /** What sources before this one found. */
  readonly found: readonly Existing[];
}

/** A call of the AWS CLI that only reads, and the resources that its answer tells of. */
export interface Source {
  /** It is asked where the plan makes one of these. */
  readonly types: readonly string[];
  readonly ask: (known: Known) => readonly Question[];
  readonly read: (answer: Json, question: Question) => readonly Existing[];
}

export function list(answer: Json, key: string): readonly JsonObject[] {
  return items(field(answer, key)).filter(isObject);
}

export function word(answer: Json, key: string): string | undefined {
  return text(field(answer, key));
}

/** Texts that plans of a type give an attribute. */
export function plannedTexts(
  { planned }: Known,
  attribute: string,
  ...types: readonly string[]
): readonly string[] {
  const all = planned
    .filter(({ type }) => types.includes(type))
    .map(({ attributes }) => word(attributes, attribute));
  return [...new Set(all.filter((each) => each !== undefined))].sort();
}

/** What follows an option in a question. */
export function optionOf({ args }: Question, option: string): string {
  return args[args.indexOf(option) + 1] ?? "";
}
