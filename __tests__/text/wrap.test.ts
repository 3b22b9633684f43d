import fc from "fast-check";
import { textWidth } from "../../src/text/width";
import { wrap } from "../../src/text/wrap";

const words = fc
  .array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), { minLength: 1 })
  .map((all) => all.map((each) => each.replaceAll(" ", "x")));

test.each([
  ["breaks at spaces", "one two three", 7, {}, ["one two", "three"]],
  ["gives a word that is too long a line of its own", "a overlong b", 4, {}, ["a", "overlong", "b"]],
  [
    "breaks a word that is too long, if asked to",
    "a overlong b",
    4,
    { longWords: "broken" },
    ["a", "over", "long", "b"],
  ],
  [
    "counts what stands before the lines",
    "aa bb cc",
    6,
    { first: "- ", rest: "    " },
    ["- aa", "    bb", "    cc"],
  ],
  ["repeats what stands before the first line", "aa bb", 4, { first: "> " }, ["> aa", "> bb"]],
  ["takes a wide character for two columns", "東京 京都 x", 6, {}, ["東京", "京都 x"]],
  ["takes several spaces for one", "a  b", 9, {}, ["a b"]],
  ["makes no line of a text without words", " ", 9, {}, []],
] as const)("%s", (_, text, width, options, lines) => {
  expect(wrap(text, width, options)).toEqual(lines);
});

test("no word is lost, and only a word that is too long makes a line too long", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 40 }), (all, width) => {
      const lines = wrap(all.join(" "), width);

      expect(lines.join(" ")).toBe(all.join(" "));
      expect(lines.filter((line) => textWidth(line) > width && line.includes(" "))).toEqual([]);
    }),
  );
});

test("where words may be broken, no character is lost and no line has two words too many", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 40 }), (all, width) => {
      const lines = wrap(all.join(" "), width, { first: "- ", rest: "  ", longWords: "broken" });

      expect(
        lines
          .map((line) => line.slice(2))
          .join("")
          .replaceAll(" ", ""),
      ).toBe(all.join(""));
      expect(lines.filter((line) => textWidth(line) > width && line.slice(2).includes(" "))).toEqual([]);
    }),
  );
});
