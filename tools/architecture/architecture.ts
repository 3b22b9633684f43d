import fs from "node:fs";
import path from "node:path";

/** A folder of src, or some of its files: what it holds, and which others it may import beside itself and src/text. */
export interface Room {
  readonly holds: string;
  /** The folder that it is a part of, and its files there. */
  readonly of?: string;
  readonly files?: readonly string[];
  /** Rooms that it may import by their types alone. */
  readonly types?: readonly string[];
  readonly imports: readonly string[] | "all";
}

const root = path.join(__dirname, "..", "..");
const PAGE = path.join(root, "docs", "architecture.md");
const BLOCK = /(<!-- made by npm run docs [^>]*-->\n)[\s\S]*?(\n<!-- end -->)/;

export function readRooms(): Readonly<Record<string, Room>> {
  return JSON.parse(fs.readFileSync(path.join(__dirname, "rooms.json"), "utf8")) as Record<string, Room>;
}

/** Imports that are not there by way of another one: what a picture needs. */
export function directImports(rooms: Readonly<Record<string, Room>>): Record<string, string[]> {
  const names = Object.keys(rooms);
  const importsOf = (name: string): readonly string[] => {
    const imports = rooms[name]?.imports ?? [];
    return imports === "all" ? names.filter((each) => each !== name) : imports;
  };
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    importsOf(from).some((each) => {
      if (each === to) return true;
      if (seen.has(each)) return false;
      seen.add(each);
      return reaches(each, to, seen);
    });
  return Object.fromEntries(
    names.map((name) => [
      name,
      // Of two that import one another neither stands for the other.
      importsOf(name).filter(
        (to) =>
          importsOf(to).includes(name) ||
          !importsOf(name).some(
            (by) =>
              by !== to && !importsOf(by).includes(name) && !importsOf(to).includes(by) && reaches(by, to),
          ),
      ),
    ]),
  );
}

function table(rooms: Readonly<Record<string, Room>>): string {
  const rows = Object.entries(rooms).map(([name, { holds, of, imports, types = [] }]) => [
    of === undefined ? `\`src/${name}\`` : `${name} in \`src/${of}\``,
    holds,
    imports === "all"
      ? "all of the above"
      : [...imports, ...types.map((each) => `types of ${each}`)].join(", ") || "nothing of ours",
  ]);
  return markdownTable([["folder", "holds", "may import, beside `src/text`"], ...rows]);
}

/** A table as Prettier writes it; the first line is its head. */
export function markdownTable(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  const written = lines.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [written[0], rule, ...written.slice(1)].join("\n");
}

function picture(rooms: Readonly<Record<string, Room>>): string {
  const arrows = Object.entries(directImports(rooms)).flatMap(([from, to]) =>
    to.map((each) => `  ${from} --> ${each}`),
  );
  return ["```mermaid", "flowchart TD", ...arrows, "```"].join("\n");
}

/** The page with its table and picture as the rooms are now. */
export function architecturePage(page: string, rooms: Readonly<Record<string, Room>>): string {
  if (!BLOCK.test(page))
    throw new Error("docs/architecture.md has lost the marks of what npm run docs makes");
  return page.replace(
    BLOCK,
    (_, begin: string, end: string) =>
      `${begin}\n${table(rooms)}\n\nThe same as a picture; an import that is there by way of another is left out.\n\n${picture(rooms)}\n${end}`,
  );
}

export const readPage = (): string => fs.readFileSync(PAGE, "utf8");
export const writePage = (page: string): void => fs.writeFileSync(PAGE, page);
