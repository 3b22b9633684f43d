import { isColoured } from "../../src/cli/terminal";

const before = process.env.NO_COLOR;
afterEach(() => {
  if (before === undefined) delete process.env.NO_COLOR;
  else process.env.NO_COLOR = before;
});

test.each([
  ["a terminal", { isTTY: true }, undefined, true],
  ["a terminal of somebody who wants none", { isTTY: true }, "1", false],
  // Node leaves isTTY out for a file or a pipe, in a CI as well.
  ["a file", {}, undefined, false],
])("colour on %s: %j, NO_COLOR %s: %s", (_, stream, noColor, expected) => {
  if (noColor === undefined) delete process.env.NO_COLOR;
  else process.env.NO_COLOR = noColor;

  expect(isColoured(stream)).toBe(expected);
});
