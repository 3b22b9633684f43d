import fc from "fast-check";
import { columns, table } from "../../src/text/columns";
import { counted, figure, plural } from "../../src/text/counted";
import { fewOf, listed } from "../../src/text/listed";
import { visible } from "../../src/text/visible";
import { cut, textWidth } from "../../src/text/width";

test.each([
  [1, "node", "1 node"],
  [0, "node", "0 nodes"],
  [2470, "node", "2,470 nodes"],
  [2, "policy", "2 policies"],
  [2, "key", "2 keys"],
  [2, "address", "2 addresses"],
  [3, "patch", "3 patches"],
  [2, "pending change", "2 pending changes"],
])("%d %s is written %s", (count, noun, text) => {
  expect(counted(count, noun)).toBe(text);
});

test("one thing has its name without an ending", () => {
  fc.assert(fc.property(fc.string(), (noun) => plural(noun, 1) === noun));
});

test("figures have commas, as prices do", () => {
  expect([figure(12), figure(1234567)]).toEqual(["12", "1,234,567"]);
});

test.each([
  [[], "", ""],
  [["a"], "a", "a"],
  [["a", "b"], "a and b", "a or b"],
  [["a", "b", "c"], "a, b and c", "a, b or c"],
])("%j is said as %s, or %s", (names, and, or) => {
  expect([listed(names), listed(names, "or")]).toEqual([and, or]);
});

test.each([
  [["a", "b"], "a, b"],
  [["a", "b", "c"], "a, b, c"],
  [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
])("of %j the first three are named", (names, text) => {
  expect(fewOf(names)).toBe(text);
});

test("cells stand below each other, figures at the right, and no line ends with a space", () => {
  const rows = [["a", "10", "x"], ["long", "5", ""], ["b"]];

  expect(columns(rows, [1])).toEqual(["a     10  x", "long   5", "b"]);
  expect(table(rows, [1])).toBe("a     10  x\nlong   5\nb");
});

test("wide characters and colours don't move the columns after them", () => {
  expect(
    columns([
      ["東京", "x"],
      ["\u001b[31mab\u001b[39m", "y"],
      ["abcd", "z"],
    ]),
  ).toEqual(["東京  x", "\u001b[31mab\u001b[39m    y", "abcd  z"]);
});

test("the second column begins at the same place in every row", () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 12 });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const starts = columns(cells.map((each) => [each, "|end"])).map((line) =>
        textWidth(line.slice(0, line.lastIndexOf("|"))),
      );

      expect(new Set(starts).size).toBe(1);
    }),
  );
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcd…"],
  ["😀😀😀", 2, "😀…"],
  ["abcdef", 0, "…"],
])("%s in %d characters is %s", (text, most, shown) => {
  expect(cut(text, most)).toBe(shown);
});

test("what would move a cursor, hide text or turn it round is shown by number", () => {
  expect(visible("a\u001b[2Jb\nc\u202ed\u200b\ud800")).toBe("a\\u001b[2Jb c\\u202ed\\u200b\\ud800");
});
