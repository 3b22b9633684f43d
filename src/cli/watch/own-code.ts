import fs from "node:fs";
import path from "node:path";
import { readBytes, namesIn } from "../../reads/reads";
import { projectFiles } from "../project/load-project";

const CODE = /\.([cm]?[jt]s|json)$/;

/** Reads the code that a project adds, if it adds any: its octarine.config may import each file around it. */
export function readOwnCode(folder: string): void {
  if (projectFiles(folder).length > 0) readCode(folder);
}

function readCode(folder: string): void {
  const skipped = (name: string) => name.startsWith(".") || name === "node_modules";
  for (const name of namesIn(folder).filter((each) => !skipped(each))) {
    const file = path.join(folder, name);
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() && CODE.test(name)) readBytes(file);
    else if (stat?.isDirectory() && !isOutput(file)) readCode(file);
  }
}

/** Whether a synthesis wrote the folder, or this program did. */
function isOutput(folder: string): boolean {
  return fs.existsSync(path.join(folder, "manifest.json")) || fs.existsSync(path.join(folder, ".octarine"));
}
