import type { Collected } from "./collected";

export interface Line {
  readonly file: string;
  readonly number: number;
  /** As people read it: quotes and tabs of JSON without their backslashes. */
  readonly text: string;
  readonly command: string;
}

/** A line of the evidence, shortened. */
export interface Quote {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export function linesOf({ command, file, line, text }: Collected): Line[] {
  return joined(text.split("\n")).map(({ index, text: each }) => ({
    file,
    number: line + index,
    text: each.replaceAll('\\"', '"').replaceAll("\\t", " ").replaceAll("\\n", " "),
    command,
  }));
}

/** Messages of YAML that go on in the next line, indented deeper than their key. */
function joined(lines: readonly string[]): { readonly index: number; readonly text: string }[] {
  const result: { index: number; text: string }[] = [];
  let depth = -1;
  lines.forEach((line, index) => {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const last = result.at(-1);
    if (last !== undefined && depth >= 0 && indent > depth && !/^\s*(- |[\w./-]+:( |$))/.test(line)) {
      last.text += ` ${line.trim()}`;
      return;
    }
    // Messages of describe that are wrapped below their column.
    if (last !== undefined && /^ +(?:Normal|Warning) /.test(last.text) && indent >= 30) {
      last.text += ` ${line.trim()}`;
      return;
    }
    depth = /^ *(- )?(message|error|reason): +[^|>\s]/.test(line) ? indent : -1;
    result.push({ index, text: line });
  });
  return result;
}

const WIDTH = 260;

/** The line around what was found in it. */
export function quoteOf({ file, number, text }: Line, found = ""): Quote {
  const bare = text.trim().replace(/\s+/g, " ");
  const at = Math.max(0, bare.indexOf(found.replace(/\s+/g, " ")));
  const from = bare.length <= WIDTH ? 0 : Math.max(0, Math.min(at - 60, bare.length - WIDTH));
  const shown = bare.slice(from, from + WIDTH);
  return {
    file,
    line: number,
    text: `${from > 0 ? "... " : ""}${shown}${from + WIDTH < bare.length ? " ..." : ""}`,
  };
}
