import fc from "fast-check";
import { Html, html, htmlOf, linesOf, xml } from "../../src/text/html";
import { codeCell, codeSpan, escapeMarkdown, markdownTable } from "../../src/text/markdown";

const anything = fc.string({ unit: fc.constantFrom(..."<>&\"'`|*_[]\\#@~!-= \n\r\tab\u0000\u001b") });

test("a value in HTML opens no element and ends no attribute", () => {
  fc.assert(
    fc.property(anything, (text) => {
      for (const tag of [html, xml]) {
        const { markup } = tag`<p title="${text}">${[text, text]}</p>`;

        expect(markup.replaceAll(/&(amp|lt|gt|quot|#39);/g, "")).toMatch(
          /^<p title="[^<>&"']*">[^<>&"']*<\/p>$/,
        );
      }
    }),
  );
});

test("no character is lost to the escape", () => {
  const back = (markup: string) =>
    markup
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  fc.assert(fc.property(anything, (text) => back(html`${text}`.markup) === text));
});

test("what is markup already stays as it is, in lists and lines, too", () => {
  const item = xml`<li>${1}</li>`;

  expect(xml`<ul>${[item, "<"]}${new Html("<hr>")}</ul>`.markup).toBe("<ul><li>1</li>&lt;<hr></ul>");
  expect(linesOf([item, item]).markup).toBe("<li>1</li>\n<li>1</li>");
});

test("XML has no character that XML can't hold", () => {
  expect(xml`a${"\u0000\u001b\ufffe\n"}`.markup).toBe("a\\u0000\\u001b\\ufffe\n");
});

test("a tag that prepares its texts leaves markup alone", () => {
  const loud = htmlOf((text) => text.toUpperCase());

  expect(loud`<b>${"a<"}${loud`<i>${"b"}</i>`}</b>`.markup).toBe("<b>A&lt;<i>B</i></b>");
});

test("a text in Markdown makes no element, no cell, no line and no emphasis", () => {
  fc.assert(
    fc.property(anything, (text) => {
      const escaped = escapeMarkdown(text);

      expect(escaped).not.toMatch(/[<>\r\n]/);
      expect(escaped.replaceAll(/\\[\\`*_~[\]|#@]/g, "")).not.toMatch(/[\\`*_~[\]|#@]/);
    }),
  );
});

test("nothing in code ends it", () => {
  fc.assert(
    fc.property(anything, (text) => {
      const [fence = ""] = /^`+/.exec(codeSpan(text)) ?? [];
      const inside = codeSpan(text).slice(fence.length, -fence.length);

      expect(codeSpan(text).endsWith(fence)).toBe(true);
      expect(inside.match(/`+/g) ?? []).not.toContain(fence);
      expect(codeSpan(text)).not.toMatch(/[\r\n]/);
      expect(codeCell(text).replaceAll("\\|", "")).not.toContain("|");
    }),
  );
});

test("a table has its figures at the right", () => {
  expect(markdownTable(["a", "b"], [["x", "1"]], [1])).toBe("| a | b |\n| --- | ---: |\n| x | 1 |");
});
