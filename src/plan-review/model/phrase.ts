import { counted as countedText } from "../../text/counted";

/**
 * A sentence in which everything that comes from a plan is set apart as code. Names in a plan are strangers' text: each
 * formatter decides in one place how to quote them, and none can take one for markup.
 */
export type Phrase = readonly PhrasePart[];
export type PhrasePart = string | { readonly code: string };

/** Our words as they are; texts put in are code, numbers are words, phrases are spliced. */
export function say(strings: TemplateStringsArray, ...values: readonly (string | number | Phrase)[]): Phrase {
  return strings.flatMap((words, index) => {
    const value = values[index];
    return [...(words === "" ? [] : [words]), ...(value === undefined ? [] : partsOf(value))];
  });
}

function partsOf(value: string | number | Phrase): Phrase {
  if (typeof value === "string") return [{ code: value }];
  return typeof value === "number" ? [String(value)] : value;
}

/** Words of ours. */
export function words(text: string): Phrase {
  return [text];
}

/** `1 node`, `2 nodes` */
export function counted(count: number, noun: string): Phrase {
  return [countedText(count, noun)];
}

/** `a`, `b` and `c`, or the first few and how many more there are. */
export function listed(names: readonly string[], most = 6): Phrase {
  if (names.length > most) {
    return [...joined(names.slice(0, most), ", "), ` and ${names.length - most} more`];
  }
  const last = names.at(-1);
  if (names.length < 2 || last === undefined) return joined(names, "");
  return [...joined(names.slice(0, -1), ", "), " and ", { code: last }];
}

function joined(names: readonly string[], between: string): Phrase {
  return names.flatMap((name, index): Phrase => (index === 0 ? [{ code: name }] : [between, { code: name }]));
}

/** The phrase without marks, for JSON and for messages. */
export function flat(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : part.code)).join("");
}
