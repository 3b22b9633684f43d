import fs from "node:fs";
import path from "node:path";
import { type Recorded, INDEX } from "../../live/recorder";
import { type Collected, collectedIn } from "../../diagnose/read/collected";
import { UsageError } from "../report-error";

/** Larger files are logs of days, which nobody collected for this. */
const MOST_BYTES = 64 * 1024 * 1024;

/** All texts of a folder: what `--collect` wrote, and what people put there. */
export function readFolder(folder: string): Collected[] {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${folder} is not a folder; name one with output of kubectl and aws`);
  const commands = commandsOf(folder);
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name !== INDEX && !each.name.startsWith("."))
    .map((each) => path.relative(folder, path.join(each.parentPath, each.name)))
    .sort()
    .flatMap((file) => {
      const text = textOf(path.join(folder, file));
      return text === undefined ? [] : collectedIn(file, text, commands.get(file));
    });
}

function textOf(file: string): string | undefined {
  if (fs.statSync(file).size > MOST_BYTES) return undefined;
  const bytes = fs.readFileSync(file);
  return bytes.subarray(0, 8192).includes(0) ? undefined : bytes.toString("utf8");
}

/** Command lines by file, where the folder has an index of them. */
function commandsOf(folder: string): ReadonlyMap<string, string> {
  const index = path.join(folder, INDEX);
  if (!fs.existsSync(index)) return new Map();
  try {
    const all = JSON.parse(fs.readFileSync(index, "utf8")) as readonly Recorded[];
    return new Map(all.flatMap(({ file, command }) => (file === undefined ? [] : [[file, command]])));
  } catch {
    return new Map();
  }
}
