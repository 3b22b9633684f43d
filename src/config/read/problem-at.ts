import type { Problem } from "./problem";
import { type ConfigPath, formatPath, locate, type SourceNode } from "./source-node";

/** A target's merged files, and its own. */
interface Placed {
  readonly source: SourceNode;
  readonly file: string;
}

/** At the value; where nobody wrote it, at the nearest map above it. */
export function problemAt(
  { source, file }: Placed,
  path: ConfigPath,
  message: string,
  value?: string,
): Problem {
  const shown = { path: formatPath(path), message, ...(value !== undefined && { value }) };
  for (let length = path.length; length > 0; length--) {
    const { found, at } = locate(source, path.slice(0, length));
    if (found) return { ...at, ...shown };
  }
  return { file, line: 1, column: 1, ...shown };
}
