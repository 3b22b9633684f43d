import type { Collected } from "./collected";

/** A row of a table that kubectl printed, by the names of its columns. */
export interface Row {
  readonly cells: Readonly<Record<string, string>>;
  readonly line: number;
  readonly from: Collected;
  readonly text: string;
}

/** Rows of all tables with a head: columns are as far apart as two spaces, or begin where the head's words do. */
export function rowsOf(from: Collected): Row[] {
  const rows: Row[] = [];
  let head: readonly { readonly name: string; readonly at: number }[] = [];
  from.text.split("\n").forEach((text, index) => {
    if (text.trim() === "") {
      head = [];
      return;
    }
    if (isHead(text)) {
      head = [...text.matchAll(/\S+(?: \S+)*/g)].map((found) => ({ name: found[0], at: found.index }));
      return;
    }
    if (head.length === 0) return;
    rows.push({ cells: cellsOf(text, head), line: from.line + index, from, text });
  });
  return rows;
}

function isHead(line: string): boolean {
  return (
    /^(NAMESPACE|NAME|LAST SEEN|N|LRP namespace)\s/.test(line) &&
    /^[A-Z][A-Z0-9() %-]*$/.test(line.replace(/bytes|cores/g, ""))
  );
}

function cellsOf(
  line: string,
  head: readonly { readonly name: string; readonly at: number }[],
): Record<string, string> {
  const bySpaces = line.trim().split(/\s{2,}/);
  const byPlace = head.map(({ at }, index) => {
    // Cells that are wider than their column push the others along.
    const end = head[index + 1]?.at ?? line.length;
    return line.slice(at, end).trim();
  });
  const cells = bySpaces.length === head.length ? bySpaces : byPlace;
  return Object.fromEntries(head.map(({ name }, index) => [name, cells[index] ?? ""]));
}
