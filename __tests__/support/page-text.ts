/** What a reader of a page sees, without a browser: texts in their order, each without markup. */
export function textOf(markup: string): string {
  return markup
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, "")
    .replace(/<\/?a\b[^>]*>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}

/** One section of a page, by the end of its id. */
export function sectionOf(page: string, id: string): string {
  const start = page.search(new RegExp(`<section id="[^"]*-${id}"`));
  if (start < 0) throw new Error(`no section ${id}`);
  return page.slice(start, page.indexOf("</section>", start));
}

/** How bad, and the sentence: of the page first, then of each target that is folded. */
export function verdictsOf(page: string): readonly (readonly [tone: string, sentence: string])[] {
  return [...page.matchAll(/<p class="verdict (\w+)">([\s\S]*?)<\/p>/g)].map(
    ([, tone = "", sentence = ""]) => [tone, textOf(sentence)],
  );
}

/** Texts of the items of lists in which each has a head. */
export function itemsOf(markup: string): readonly string[] {
  return [...markup.matchAll(/<li>\s*<p class="head">/g)].map(({ index }) => {
    let depth = 0;
    for (const { 0: tag, index: at } of markup.slice(index).matchAll(/<(\/?)li>/g)) {
      depth += tag === "<li>" ? 1 : -1;
      if (depth === 0) return textOf(markup.slice(index, index + at));
    }
    return textOf(markup.slice(index));
  });
}

/** Texts of the cells of a table's rows, without what is only for paper. */
export function rowsOf(markup: string, caption: RegExp): readonly (readonly string[])[] {
  const table = (markup.match(/<table[\s\S]*?<\/table>/g) ?? []).find((each) =>
    caption.test(textOf(/<caption>([\s\S]*?)<\/caption>/.exec(each)?.[1] ?? "")),
  );
  const body = /<tbody>([\s\S]*?)<\/tbody>/.exec(table ?? "")?.[1] ?? "";
  return [...body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = ""]) => textOf(cell)),
  );
}

/** What stands before somebody opens a fold. */
export function unfolded(markup: string): string {
  // From the inside outwards, so that a fold within a fold goes with it.
  let text = markup;
  for (;;) {
    const less = text.replace(
      /<details[^>]*>\s*<summary>((?:(?!<details)[\s\S])*?)<\/summary>(?:(?!<details)[\s\S])*?<\/details>/g,
      "[$1]",
    );
    if (less === text) return text;
    text = less;
  }
}
