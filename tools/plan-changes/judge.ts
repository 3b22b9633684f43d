import type { Change } from "./changes";

/** What a judgement reads of a review, and the review as a comment. */
export interface Told {
  readonly impact: string;
  readonly couldBe: string;
  readonly changes: readonly {
    readonly findings: readonly { readonly rule: string }[];
  }[];
  readonly markdown: string;
}

/** Lines of a comment that are seen before anything is unfolded: one screen. */
export const SCREEN = 40;

/** Each way in which a review does not say what is true of a change. */
export function wrongIn({ comesTo, first, says = [], silent = [] }: Change, told: Told): string[] {
  const firstRule = told.changes.flatMap(({ findings }) => findings)[0]?.rule;
  const seen = unfolded(told.markdown);
  return [
    ...(told.couldBe === comesTo ? [] : [`comes to ${told.couldBe}, not ${comesTo}`]),
    ...(first === undefined || firstRule === first
      ? []
      : [`the first finding is ${String(firstRule)}, not ${first}`]),
    ...says.filter((text) => !text.test(told.markdown)).map((text) => `does not say ${String(text)}`),
    ...silent.filter((text) => text.test(seen)).map((text) => `says ${String(text)}`),
    ...(lines(seen) > SCREEN ? [`${lines(seen)} lines of Markdown before anything is unfolded`] : []),
  ];
}

function lines(text: string): number {
  return text.trim().split("\n").length;
}

/** The Markdown without what is inside `<details>`, except for its summary. */
function unfolded(markdown: string): string {
  let depth = 0;
  return markdown
    .split("\n")
    .filter((line) => {
      const [opens, closes] = [/<details>/g, /<\/details>/g].map((tag) => line.match(tag)?.length ?? 0);
      const seen = depth === 0;
      depth += (opens ?? 0) - (closes ?? 0);
      return seen && line.trim() !== "";
    })
    .join("\n");
}
