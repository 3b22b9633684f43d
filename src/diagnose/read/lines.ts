import type { Collected } from "./collected";

export interface Line {
  readonly file: string;
  readonly number: number;
  /** As people read it: quotes and tabs of JSON without their backslashes. */
  readonly text: string;
  readonly command: string;
  /** The object that it is about, `namespace/name`; undefined where nobody can say. */
  readonly about?: string;
}

/** A line of the evidence, shortened. */
export interface Quote {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export function linesOf({ command, file, line, text }: Collected): Line[] {
  const lines = text.split("\n");
  const owners = objectsOfJson(lines);
  return joined(lines).map(({ index, text: each }) => {
    const about = owners[index] ?? objectOfEvent(each, command);
    return {
      file,
      number: line + index,
      text: each.replaceAll('\\"', '"').replaceAll("\\t", " ").replaceAll("\\n", " "),
      command,
      ...(about !== undefined && { about }),
    };
  });
}

/** Of a row of `kubectl get events`, and of what `kubectl describe` says of one object. */
function objectOfEvent(text: string, command: string): string | undefined {
  const given = /(?:^| )(?:-n|--namespace)[ =]?([a-z0-9-]+)/.exec(command)?.[1];
  if (/get ev(?:ents)?\b/.test(command)) {
    const [, namespace, name] =
      /^(?:(\S+) +)?(?:\S+|\S+ \([^)]*\)) +(?:Warning|Normal) +\S+ +\w+\/(\S+)/.exec(text) ?? [];
    const where = namespace ?? given;
    return name === undefined || where === undefined ? undefined : `${where}/${name}`;
  }
  const described = /describe (?:po|pods?)\b.*?\b([a-z0-9][a-z0-9.-]*-[a-z0-9.-]+)/.exec(command)?.[1];
  return described === undefined || given === undefined ? undefined : `${given}/${described}`;
}

/** Whose each line of a list in JSON is: metadata comes before spec and status. */
function objectsOfJson(lines: readonly string[]): (string | undefined)[] {
  let outer = Infinity;
  let inner = -1;
  let now: { readonly name?: string; readonly namespace?: string } = {};
  return lines.map((line) => {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (/^ *"metadata": \{$/.test(line) && indent <= outer && indent > 0) {
      outer = indent;
      inner = -1;
      now = {};
    } else if (inner === -1 && indent > outer) inner = indent;
    const [, key, value] = indent === inner ? (/^ *"(name|namespace)": "([^"]+)"/.exec(line) ?? []) : [];
    if (key !== undefined) now = { ...now, [key]: value };
    return now.name === undefined || now.namespace === undefined ? undefined : `${now.namespace}/${now.name}`;
  });
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
