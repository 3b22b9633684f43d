import type { z } from "zod";
import { displayPath } from "./display-path";
import { readJsonFile } from "./json-file";
import type { Problem } from "./problem";

/** What a command wrote beside the targets; undefined where it never did, or where the file is no longer what it wrote. */
export function readWrittenFile<Of>(
  file: string,
  schema: z.ZodType<Of>,
  command: string,
): { readonly written?: Of; readonly problems: Problem[] } {
  const wrong = (message: string) => ({
    problems: [{ file: displayPath(file), line: 1, column: 1, path: "", message }],
  });
  const found = readJsonFile(file);
  if (found.kind === "none") return { problems: [] };
  if (found.kind === "unreadable") return wrong(`can't be read (${found.why})`);
  const read = found.kind === "read" ? schema.safeParse(found.json) : undefined;
  return read?.success
    ? { written: read.data, problems: [] }
    : wrong(`does not hold what ${command} writes; remove it, and run that again`);
}
