import fc from "fast-check";

import { columns, counted, figure, wrap } from "../../src/ip-capacity/text-layout";

test("breaks lines at spaces", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
});

test("a word that is too long has a line of its own", () => {
  expect(wrap("a overlong b", 4)).toEqual(["a", "overlong", "b"]);
});

test("loses no word and makes no line too long", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 40 }), (text, width) => {
      const lines = wrap(text.join(" "), width);

      expect(lines.join(" ")).toBe(text.join(" "));
      expect(lines.every((line) => line.length <= width)).toBe(true);
    }),
  );
});

test("sets columns, figures to the right, and no space at a line's end", () => {
  expect(
    columns(
      [
        ["a", "10", "x"],
        ["long", "5", ""],
      ],
      [1],
    ),
  ).toEqual(["a     10  x", "long   5"]);
});

test("writes figures and nouns as they are spoken", () => {
  expect([figure(2470), counted(1, "node"), counted(2470, "node")]).toEqual([
    "2,470",
    "1 node",
    "2,470 nodes",
  ]);
});
