import fs from "node:fs";
import path from "node:path";
import { readFleet } from "../../src/fleet/load-fleet";
import { formatProblem, type Problem } from "../../src/config/read/problem";
import { controlCharacter } from "../../src/config/read/text-characters";
import type { Fleet } from "../../src/model/target";
import { fleetWarnings } from "../../src/fleet/warnings";
import type { Files } from "./config-inputs";

/** The longest that anybody waits for an answer. */
const MOST_MILLISECONDS = 2000;

/**
 * What is wrong with how a config is read, whatever is in it: an exception, a check that threw, a wait, a problem without a
 * place that exists. Empty: it behaves.
 *
 * @param use what is done with a config that has no problem, and must not throw either
 */
export function misbehaviour(dir: string, files: Files, use: (fleet: Fleet) => void = () => {}): string[] {
  write(dir, files);
  const start = performance.now();
  let problems: readonly Problem[];
  let took = 0;
  try {
    const read = readFleet(dir);
    problems = read.problems;
    took = performance.now() - start;
    if (problems.length === 0) {
      fleetWarnings(read.fleet);
      use(read.fleet);
    }
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  return [
    ...(took > MOST_MILLISECONDS ? [`took ${Math.round(took)} ms`] : []),
    ...problems.flatMap((problem) => wrongIn(problem, dir, files)),
  ];
}

function wrongIn(problem: Problem, dir: string, files: Files): string[] {
  const shown = formatProblem(problem);
  const name = path.relative(dir, path.resolve(problem.file)).split(path.sep).join("/");
  const text = files[name]?.toString("utf8").split("\n");
  const line = text?.[problem.line - 1];
  return [
    ...(/a fault in Octarine/.test(shown) ? [`a check threw: ${shown}`] : []),
    ...(controlCharacter(shown) !== undefined || /[\n\r]/.test(shown)
      ? [`not one line of text: ${JSON.stringify(shown)}`]
      : []),
    ...(text === undefined && name !== "" && !name.startsWith("dev") ? [`not in a file: ${shown}`] : []),
    ...(text !== undefined && (line === undefined || problem.column < 1 || problem.column > line.length + 2)
      ? [`not at a place of its file: ${shown}`]
      : []),
    ...(problem.message.trim() === "" || /Invalid (input|option|key)|undefined|\[object/.test(problem.message)
      ? [`not a message for people: ${shown}`]
      : []),
  ];
}

function write(dir: string, files: Files): void {
  fs.rmSync(dir, { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), bytes);
  }
}
