import { textWidth } from "./width";

/**
 * Rows as lines whose cells stand below each other, each column as wide as its widest cell and two spaces apart.
 *
 * @param right columns whose cells stand at the right, counted from 0
 */
export function columns(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, textWidth(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const space = " ".repeat((widths[index] ?? 0) - textWidth(cell));
        return right.includes(index) ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** The same as one text. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  return columns(rows, right).join("\n");
}
