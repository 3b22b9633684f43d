import ts from "typescript";
import { type Fence, fencesIn } from "../../tools/site/fences";
import { outsideFences } from "../../tools/site/outside-fences";
import { pages, textOf } from "../support/pages";
import { made } from "../support/site-pages";

/** What holds the blocks of a language to the truth: no block of a page is only text. */
const HELD_BY: Readonly<Record<string, string>> = {
  yaml: "examples.test.ts reads each as the files of a target",
  console: "commands.test.ts lets the program judge each command",
  sh: "commands.test.ts lets the program judge each command",
  ts: "extend.test.ts compares files of the example; the others have to parse, below",
  json: "it has to parse, below",
  mermaid: "architecture.test.ts makes it of the rooms",
  text: "what a command prints; tests of the command print it",
};

const blocks = [
  ...pages.flatMap((page) => fencesIn(page, textOf(page))),
  ...made.flatMap(({ path: page, text }) => fencesIn(page, text)),
];
const of = (language: string) => blocks.filter((each) => each.language === language);

test("every block is in a language whose blocks a test holds", () => {
  const others = blocks.filter(({ language }) => HELD_BY[language] === undefined);

  expect(others.map(({ page, line, language }) => `${page}:${line} ${language}`)).toEqual([]);
});

test("no block is only indented, where no test would read it", () => {
  const indented = pages.flatMap((page) =>
    outsideFences(textOf(page), (prose) => prose.replace(/(^|\n\n)( {4,}\S.*)/g, "$1\u0000$2"))
      .split("\n")
      .filter((line) => line.startsWith("\u0000"))
      .map((line) => `${page}: ${line.slice(1)}`),
  );

  expect(indented).toEqual([]);
});

/** A block may also be what stands in a map or a list. */
function parses({ text }: Fence): boolean {
  return [text, `(${text.trim().replace(/,$/, "")})`, `({${text}})`, `[${text}]`].some((each) => {
    const { diagnostics = [] } = ts.transpileModule(each, { reportDiagnostics: true });
    return diagnostics.length === 0;
  });
}

test("blocks of TypeScript parse", () => {
  expect(
    of("ts")
      .filter((each) => !parses(each))
      .map(({ page, line }) => `${page}:${line}`),
  ).toEqual([]);
  expect(parses({ page: "", line: 1, language: "ts", marks: {}, text: "rule({ id: }" })).toBe(false);
});

test("blocks of JSON parse", () => {
  for (const { text } of of("json")) expect(() => JSON.parse(text) as unknown).not.toThrow();
});
