import fs from "node:fs";
import { UsageError } from "./report-error";

/**
 * Text of a file that somebody named. A file system that reads a folder does not even say which one (EISDIR has no path).
 *
 * @throws UsageError where there is none, or it is a folder
 */
export function textOfNamed(file: string): string {
  return bytesOfNamed(file).toString("utf8");
}

/** @throws UsageError as `textOfNamed` */
export function bytesOfNamed(file: string): Buffer {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`${file} does not exist`);
  if (stat.isDirectory()) throw new UsageError(`${file} is a folder; name a file in it`);
  return fs.readFileSync(file);
}

/** @throws UsageError for a folder of charts that is not there: each chart that is missing in it would hide that */
export function refuseNoFolder(option: string, folder: string | undefined): void {
  if (folder !== undefined && !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(
      `${option} ${folder}: ${fs.existsSync(folder) ? "is not a folder" : "does not exist"}`,
    );
}
