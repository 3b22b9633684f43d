import fs from "node:fs";
import path from "node:path";
import { type Fence, fencesIn } from "../../tools/site/fences";

export const root = path.join(__dirname, "..", "..");

/** Pages that people read: README, CONTRIBUTING and all of docs. */
export const pages: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...fs
    .readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join("docs", name.split(path.sep).join("/")))
    .sort(),
];

export const textOf = (page: string): string => fs.readFileSync(path.join(root, page), "utf8");

export const fencesOf = (page: string): Fence[] => fencesIn(page, textOf(page));
