import fs from "node:fs";
import path from "node:path";
import { root } from "./support/pages";

const filesOf = (folder: string): string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((each) => each.split(path.sep).join("/"))
    .filter((each) => each.endsWith(".ts"));

/** By `npm run get`, however long. */
const generated = /^modules\/registry\//;
const sources = filesOf("src").filter((each) => !generated.test(each));
const tests = filesOf("__tests__").filter((each) => each.endsWith(".test.ts"));

/** Words in small letters with hyphens; versions have dots: `eks-1.35`, `2026.11`. */
const KEBAB = /^(\d+\.\d+|[a-z][a-z0-9]*(-[a-z0-9]+(\.\d+)?)*)$/;

/** Tests of what is no folder of src, by their folder; what is in none is about the whole repository. */
const elsewhere = [
  "cluster",
  "docs",
  "package",
  "reference-objects",
  "references",
  "site",
  "terraform",
  "tools",
];

test("files and folders are named in small letters, with hyphens between words", () => {
  const parts = [...sources, ...tests.map((each) => each.replace(/\.test\.ts$/, ".ts"))].flatMap((file) =>
    file
      .replace(/\.ts$/, "")
      .split("/")
      .filter((part) => !KEBAB.test(part))
      .map((part) => `${file}: ${part}`),
  );

  expect(parts).toEqual([]);
});

test("a check is named after what it judges: its folder says that it is one", () => {
  const checks = sources.filter((each) => each.startsWith("checks/") && each.split("/").length === 3);

  expect(checks.length).toBeGreaterThan(40);
  expect(checks.filter((each) => /-(checks?|findings?)\.ts$/.test(each))).toEqual([]);
});

test("tests lie where what they test lies", () => {
  const strays = tests.filter((each) => {
    const folder = path.posix.dirname(each);
    const [first = ""] = folder.split("/");
    if (folder === "." || elsewhere.includes(first)) return false;
    return !fs.existsSync(path.join(root, "src", folder));
  });

  expect(strays).toEqual([]);
});

test("no file is longer than 300 lines, but what is generated", () => {
  const long = sources.filter(
    (each) => fs.readFileSync(path.join(root, "src", each), "utf8").split("\n").length > 301,
  );

  expect(long).toEqual([]);
});
