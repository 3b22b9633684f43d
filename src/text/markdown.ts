/** Text on one line that can't become markup: names of files and what plans say may be anything. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll(/[\\`*_~[\]|#@]/g, "\\$&");
}

/** A text as code: no markup works in it, no mention and no link. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, " ");
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The same in a cell of a table: only there a bar ends code, too (GitHub Flavored Markdown, 4.10). */
export function codeCell(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}

/** The most backticks in a row: what stands around the text needs one more. */
export function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** A table whose cells are Markdown; those of the columns in `right` stand at the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const rule = header.map((_, index) => (right.includes(index) ? "---:" : "---"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
