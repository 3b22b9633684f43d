import { locate, type Position } from "../config/read/source-node";
import type { Target } from "../model/target";

/** Where a setting is written, or the nearest map above it; a default stands nowhere but in the target's own file. */
export function placeOf({ source, file }: Pick<Target, "source" | "file">, setting: string): Position {
  const path = setting.split(".");
  for (let length = path.length; length > 0; length--) {
    const { found, at } = locate(source, path.slice(0, length));
    if (found) return at;
  }
  return { file, line: 1, column: 1 };
}

/** `envs/prod/us-east-1.yaml:12`; nothing for what nobody wrote. */
export function lineOf({ source }: Pick<Target, "source">, setting: string): string | undefined {
  const { found, at } = locate(source, setting.split("."));
  return found ? `${at.file}:${at.line}` : undefined;
}
