import pc from "picocolors";

/** A result: what the command was asked for. Standard output holds nothing else. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
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
  process.stderr.write(`${text}\n`);
}

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

/** Columns padded to their widest cell; the last one is left as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join("  "),
    )
    .map((line) => line.trimEnd())
    .join("\n");
}

/** `1 target`, `2 targets` */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
