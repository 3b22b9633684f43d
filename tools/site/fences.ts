/** A fenced block of a page. */
export interface Fence {
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** First word behind the fence; empty: none. */
  readonly language: string;
  /** What is said behind it, as `key` or `key="value"`. */
  readonly marks: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every fenced block of a page, whatever its language; one without an end is an error. */
export function fencesIn(page: string, text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { fence: string; line: number; info: string; lines: string[] } | undefined;
  text.split("\n").forEach((line, index) => {
    const [, indent = "", fence, info = ""] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { fence, line: index + 1, info: info.trim(), lines: [] };
    } else if (fence !== undefined && fence.startsWith(open.fence) && info.trim() === "") {
      const [language = ""] = open.info.split(/\s/);
      const strip = new RegExp(`^${indent}`);
      fences.push({
        page,
        line: open.line,
        language,
        marks: marksOf(open.info.slice(language.length)),
        text: open.lines.map((each) => each.replace(strip, "")).join("\n") + "\n",
      });
      open = undefined;
    } else open.lines.push(line);
  });
  if (open !== undefined) throw new Error(`${page}:${open.line} a fence without an end`);
  return fences;
}

function marksOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([a-z]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [key, value]),
  );
}
