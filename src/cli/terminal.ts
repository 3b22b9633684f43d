import readline from "node:readline";
import pc from "picocolors";
import { byNumber } from "../text/visible";
import { wipeProgress } from "./progress";

/** A result: what the command was asked for. Standard output holds nothing else. */
export function print(text: string): void {
  wipeProgress();
  process.stdout.write(`${harmless(text)}\n`);
}

/**
 * A value as JSON.
 *
 * @param _name of its schema, schema/output/<name>.schema.json, which `npm run schema` makes of the value's type: the command, its
 *   parts and its form joined by `_`
 */
export function jsonText(_name: string, value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** The same on standard output (`jsonText`). */
export function printJson(name: string, value: unknown): void {
  wipeProgress();
  // As escapes of JSON, so that the value stays what it is.
  const text = jsonText(name, value).replaceAll("##[", "#\\u0023[");
  process.stdout.write(`${shown(text)}\n`);
}

/**
 * Whether a stream is a terminal that wants colour. picocolors alone would colour the logs of a CI, and takes the undefined
 * `isTTY` of a file for "decide yourself".
 */
export function isColoured(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && process.env.NO_COLOR === undefined;
}

const colors = pc.createColors(isColoured(process.stderr));

/** Progress and remarks, on standard error. */
export function say(text: string): void {
  wipeProgress();
  process.stderr.write(`${harmless(text)}\n`);
}

/**
 * A text whose every character is to be read: control characters are shown and not obeyed, but for line ends, tabs and colours, and no line
 * is a command to the runner of GitHub Actions (`::error::` at a line's start, or `##[error]` anywhere;
 * actions/runner, src/Runner.Common/ActionCommand.cs).
 */
export function harmless(text: string): string {
  return shown(text)
    .replace(/^(\s*):(?=:)/gm, "$1: ")
    .replaceAll("##[", "## [");
}

function shown(text: string): string {
  return text.replace(CONTROLS, byNumber);
}

/** All of Unicode's Cc but tab and line feed, and the marks that reorder text; an escape that begins a colour stays. */
const CONTROLS =
  /\u001b(?!\[[\d;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

export function warn(text: string): void {
  say(`${colors.yellow("warning:")} ${text}`);
}

export function heading(text: string): void {
  say(colors.bold(text));
}

/** Whether a question would reach somebody. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** This command as typed, for others who find it at work. */
export function commandLine(): string {
  return ["octarine", ...process.argv.slice(2)].join(" ");
}

/**
 * Asks on the terminal.
 *
 * @returns undefined where Ctrl-C, another signal or the end of the input answers
 */
export async function ask(question: string): Promise<string | undefined> {
  wipeProgress();
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  // So that whoever asks can clean up, and nothing secret is left lying about.
  const end = () => terminal.close();
  process.once("SIGTERM", end).once("SIGHUP", end);
  try {
    return await new Promise((resolve) => {
      terminal.on("close", () => resolve(undefined)).on("SIGINT", () => terminal.close());
      terminal.question(question, (answer) => resolve(answer.trim()));
    });
  } finally {
    process.off("SIGTERM", end).off("SIGHUP", end);
    terminal.close();
  }
}
