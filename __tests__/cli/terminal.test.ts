import path from "node:path";
import { describeError } from "../../src/cli/report-error";
import { harmless, isColoured, printJson } from "../../src/cli/terminal";

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

describe("a value that is printed", () => {
  test.each([
    ["a control character is shown", "name\u0007 of\u009b31m", "name\\u0007 of\\u009b31m"],
    [
      "an escape that moves the cursor is shown",
      "a\u001b[2Jb\u001b]0;title\u0007",
      "a\\u001b[2Jb\\u001b]0;title\\u0007",
    ],
    ["a carriage return doesn't overwrite the line", "ok\rFAILED", "ok\\u000dFAILED"],
    ["a mark that reverses text is shown", "a\u202etxt.exe", "a\\u202etxt.exe"],
    ["a colour stays a colour", "\u001b[33mwarning:\u001b[39m x", "\u001b[33mwarning:\u001b[39m x"],
    ["lines and tabs stay", "a\n\tb", "a\n\tb"],
    [
      "no line is a command to a runner",
      "x\n  ::error file=a::b\n##[error]c",
      "x\n  : :error file=a::b\n## [error]c",
    ],
    [
      "a double colon inside a line stays",
      "arn:aws:iam::111122223333:role/x",
      "arn:aws:iam::111122223333:role/x",
    ],
  ])("%s", (_name, text, expected) => {
    expect(harmless(text)).toBe(expected);
  });

  test("as JSON is the same value", () => {
    const written = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    const value = { a: "\u001b[2J ##[error] \u202e\n::b" };
    printJson("list", value);
    const [[text]] = written.mock.calls as [[string]];
    written.mockRestore();

    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/\u001b|\u202e|##\[/);
  });
});

test.each([
  ["EACCES", "open", "envs/platform.yaml: this user may not read or write it (EACCES, open)"],
  ["ENOSPC", "write", "envs/platform.yaml: no space is left on its disk (ENOSPC, write)"],
  ["EISDIR", "read", "envs/platform.yaml: it is a folder where a file is needed (EISDIR, read)"],
])(
  "%s is reported as the file system's error with the file's name, not as an internal error",
  (code, syscall, message) => {
    const error = Object.assign(new Error(code), { code, syscall, path: path.resolve("envs/platform.yaml") });

    expect(describeError(error)).toBe(message);
    expect(describeError(new TypeError("x is undefined"))).toMatch(/^internal error: x is undefined/);
  },
);
