import { byNumber } from "./visible";

/** Text that is markup already, of HTML or XML. */
export class Html {
  constructor(readonly markup: string) {}
}

export type HtmlValue = string | number | Html | readonly (string | number | Html)[];

export type HtmlTag = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]) => Html;

/**
 * A template tag whose values are escaped, except those that are markup already.
 *
 * @param prepare what is done to every text before
 */
export function htmlOf(prepare: (text: string) => string): HtmlTag {
  const markupOf = (value: HtmlValue): string => {
    if (value instanceof Html) return value.markup;
    if (typeof value === "object") return value.map(markupOf).join("");
    return escapeMarkup(prepare(String(value)));
  };
  return (strings, ...values) =>
    new Html(strings.reduce((all, text, index) => all + text + markupOf(values[index] ?? ""), ""));
}

/** For HTML. */
export const html: HtmlTag = htmlOf((text) => text);

/** Characters that XML 1.0 can't hold, escaped or not (section 2.2, "Characters"). */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** For XML and SVG. */
export const xml: HtmlTag = htmlOf((text) => text.replace(NOT_XML, byNumber));

/** Parts, each on a line of its own. */
export function linesOf(parts: readonly Html[]): Html {
  return new Html(parts.map(({ markup }) => markup).join("\n"));
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
