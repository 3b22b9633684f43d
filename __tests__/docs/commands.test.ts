import fs from "node:fs";
import path from "node:path";
import { type Command, CommanderError } from "commander";
import { program } from "../../src/cli/program";
import { releaseNames } from "../../src/releases/names";
import { ownCommand, shellLines } from "../../tools/site/commands/shell-lines";
import { fencesIn } from "../../tools/site/fences";
import { pages, root, textOf } from "../support/pages";
import { made } from "../support/site-pages";

/** A command of ours that a page writes. */
interface Written {
  readonly at: string;
  readonly line: string;
  /** Named in a sentence or a table, where arguments may be left out. */
  readonly named: boolean;
}

/** Every page that people read, those that the site makes too. */
const read = [
  ...pages.map((page) => ({ page, text: textOf(page) })),
  ...made.map(({ path: page, text }) => ({ page, text })),
];

const written: Written[] = read.flatMap(({ page, text: whole }) => {
  const fences = fencesIn(page, whole);
  const inFences = fences
    .filter(({ language }) => language === "console" || language === "sh")
    .flatMap(({ line, language, text }) =>
      shellLines(language, text).flatMap((each) => {
        const command = ownCommand(each);
        return command === undefined ? [] : [{ at: `${page}:${line}`, line: command, named: false }];
      }),
    );
  // Outside of blocks: backticks.
  const prose = whole
    .split(/^ *(?:```|~~~).*$/m)
    .filter((_, index) => index % 2 === 0)
    .join("\n");
  const inline = [...prose.matchAll(/`((?:npx )?octarine(?: [^`]*)?)`/g)].map(([, line = ""]) => ({
    at: page,
    line: line.replace(/\s+/g, " "),
    named: true,
  }));
  return [...inFences, ...inline];
});

/** The real program, whose commands do nothing. */
function idle(): Command {
  const quiet = (command: Command): void => {
    command.action(() => undefined).configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    command.commands.forEach(quiet);
  };
  const root = program();
  quiet(root);
  return root;
}

/** `[target...]` and `[--base REF]` without their brackets, `list\|show` as two, quotes taken off. */
function variants(line: string): string[][] {
  const words = (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? [])
    .map((word) => word.replace(/^["']|["']$/g, "").replace(/[[\]]|\.\.\.|…/g, ""))
    .filter((word) => word !== "");
  return words.reduce<string[][]>(
    (all, word) => all.flatMap((done) => word.split(/\\?\|/).map((each) => [...done, each])),
    [[]],
  );
}

const LEFT_OUT = [
  "commander.missingArgument",
  "commander.optionMissingArgument",
  "commander.missingMandatoryOptionValue",
];

function complaint(words: readonly string[], named: boolean): string | undefined {
  try {
    idle().parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const fine = error.code === "commander.helpDisplayed" || error.code === "commander.version";
    if (!fine && !(named && (LEFT_OUT.includes(error.code) || error.code === "commander.help")))
      return error.message;
  }
  return undefined;
}

test("pages are full of commands", () => {
  expect(written.filter(({ named }) => !named).length).toBeGreaterThan(20);
  expect(written.filter(({ named }) => named).length).toBeGreaterThan(50);
});

test("the program accepts every command of every page", () => {
  const wrong = written.flatMap(({ at, line, named }) =>
    variants(line.replace(/^(npx )?octarine ?/, "")).flatMap((words) => {
      const said = complaint(words, named);
      return said === undefined ? [] : [`${at}: ${line}: ${said}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test("every command is written as a stranger can type it: nothing puts octarine on the PATH", () => {
  expect(
    written.filter(({ line }) => /^octarine /.test(line)).map(({ at, line }) => `${at}: ${line}`),
  ).toEqual([]);
});

test("targets and releases in commands that can be copied exist", () => {
  const missing = written
    .filter(({ named }) => !named)
    .flatMap(({ at, line }) => {
      const envs = /--envs (\S+)/.exec(line)?.[1] ?? "envs";
      return line.split(" ").flatMap((word) => {
        if (/^[a-z0-9-]+\/[a-z]{2}(-[a-z]+)+-\d$/.test(word)) {
          return fs.existsSync(path.join(root, envs, `${word}.yaml`)) ? [] : [`${at}: ${envs}/${word}.yaml`];
        }
        return /^\d{4}\.\d\d$/.test(word) && !releaseNames.some((each) => each === word)
          ? [`${at}: ${word}`]
          : [];
      });
    });
  expect(missing).toEqual([]);
});

test("every block says what it is, so that none is left unread", () => {
  const known = ["yaml", "console", "sh", "text", "json", "hcl", "ts", "mermaid"];
  const unknown = read
    .flatMap(({ page, text }) => fencesIn(page, text))
    .filter(({ language }) => !known.includes(language))
    .map(({ page, line, language }) => `${page}:${line} ${language}`);
  expect(unknown).toEqual([]);
});

test("no command stands in a block that is only indented", () => {
  const indented = read.flatMap(({ page, text }) =>
    text.split("\n").flatMap((line) => (/^ {4,}(npx )?octarine /.test(line) ? [`${page}: ${line}`] : [])),
  );
  expect(indented).toEqual([]);
});

test("no block of text has a command of ours", () => {
  const texts = read
    .flatMap(({ page, text }) => fencesIn(page, text))
    .filter(({ language }) => language === "text");
  expect(texts.filter(({ text }) => /^\$? ?(npx )?octarine /m.test(text)).map(({ page }) => page)).toEqual(
    [],
  );
});
