import { InvalidArgumentError } from "commander";

/** A folder to write: `-`, by which others mean standard output, would make a folder of that name. */
export function outFolder(name: string): string {
  if (name === "-") throw new InvalidArgumentError("a folder is written; name one, for example cdktf.out");
  return name;
}
