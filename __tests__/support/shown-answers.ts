import { fencesIn } from "../../tools/site/fences";
import { textOf } from "./pages";

/** A command of a page, with what the page shows of its answer. */
export interface Shown {
  readonly command: string;
  readonly answer: readonly string[];
}

/** Commands of a page's consoles, in their order: a line that begins with a dollar, and those after it. */
export function shownIn(page: string): readonly Shown[] {
  const all: { command: string; answer: string[] }[] = [];
  for (const { language, text } of fencesIn(page, textOf(page))) {
    if (language !== "console") continue;
    for (const line of text.split("\n")) {
      if (line.startsWith("$ ")) all.push({ command: line.slice(2), answer: [] });
      else if (line.trim() !== "") all.at(-1)?.answer.push(line);
    }
  }
  return all;
}

/** Without what differs from run to run: times, ids that AWS and Terraform give, and spaces at the end. */
export function settled(line: string): string {
  return line
    .replace(/\bin \d+ s$/, "in N s")
    .replace(/\b(i|eni|sg|vol|snap|lt|vpc|vpce|subnet)-[0-9a-f]{8,17}\b/g, "$1-ID")
    .replace(/:key\/\S+/g, ":key/ID")
    .replace(/\/[0-9a-f]{16}\b/g, "/ID")
    .trimEnd();
}

/** Lines of a page that an answer does not have, in the page's order; others may stand between them. */
export function missingLines(shown: readonly string[], answer: string): readonly string[] {
  const lines = answer.split("\n").map(settled);
  let at = 0;
  return shown.filter((line) => {
    const found = lines.indexOf(settled(line), at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}
