import fs from "node:fs";
import path from "node:path";
import { onSuccessor, type PackageJson } from "./package-json";

/** Moves a project to the framework's successor; `npm install` behind it: tsx tools/successor/move.ts [DIR] */
const [dir = "."] = process.argv.slice(2);
const file = path.join(dir, "package.json");
const moved = onSuccessor(JSON.parse(fs.readFileSync(file, "utf8")) as PackageJson);
fs.writeFileSync(file, `${JSON.stringify(moved, null, 2)}\n`);
