import { isUtf8 } from "node:buffer";
import type { Layer } from "./layer";
import { readBytes } from "../../reads/reads";
import { displayPath } from "./display-path";
import { type ParsedYaml, parseYaml } from "./parse-yaml";
import { whyUnreadable } from "./why-unreadable";
import { asWorkload } from "./workload-files";

/** A file's tree, from its text and its name. */
export type ParseYaml = (text: string, file: string) => ParsedYaml;

/** Reads and parses the file of a layer. A file that can't be read is a problem of its own. */
export function readLayer({ file, workload }: Layer, parse: ParseYaml = parseYaml): ParsedYaml {
  const shown = displayPath(file);
  const parsed = parsedFile(file, shown, parse);
  if (workload === undefined) return parsed;
  const holes = parsed.holes.map((hole) => ["workloads", workload, ...hole]);
  return { ...parsed, root: asWorkload(parsed.root, workload), holes };
}

function parsedFile(file: string, shown: string, parse: ParseYaml): ParsedYaml {
  let bytes: Buffer;
  try {
    bytes = readBytes(file);
  } catch (error) {
    return broken(shown, 1, 1, `can't be read: ${whyUnreadable(error)}`);
  }
  const wrong = firstWrongByte(bytes);
  if (wrong === undefined) return parse(bytes.toString("utf8"), shown);
  const before = bytes.subarray(0, wrong).toString("utf8");
  const lines = before.split("\n");
  const hex = (bytes[wrong] ?? 0).toString(16).padStart(2, "0");
  const message = `has the byte 0x${hex}, which is not UTF-8; save the file as UTF-8`;
  return broken(shown, lines.length, (lines.at(-1)?.length ?? 0) + 1, message);
}

function broken(file: string, line: number, column: number, message: string): ParsedYaml {
  const at = { file, line, column };
  const root = { kind: "map", entries: new Map(), at } as const;
  return { root, problems: [{ ...at, path: "", message }], holes: [], broken: true };
}

/** Offset of the first byte at which the bytes are not UTF-8. */
function firstWrongByte(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes)) return undefined;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let at = 0; at < bytes.length; at++) {
    try {
      decoder.decode(bytes.subarray(at, at + 1), { stream: true });
    } catch {
      return characterAt(bytes, at);
    }
  }
  // The last character is cut off.
  return characterAt(bytes, bytes.length);
}

/** Where the character begins that goes wrong at an offset: it has at most four bytes. */
function characterAt(bytes: Uint8Array, at: number): number {
  return [at, at - 1, at - 2, at - 3].find((start) => isUtf8(bytes.subarray(0, start))) ?? at;
}
