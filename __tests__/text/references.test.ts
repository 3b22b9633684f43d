import fs from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");
const FOLDERS = ["src", "__tests__", "examples", "envs", "tools", "bench", "bin", "charts", "docs", "schema"];
const TEXT = /\.(ts|mjs|js|json|ya?ml|md|sh|txt|log)$/;
const OWN = path.relative(ROOT, __filename);

const files = [
  ...fs.readdirSync(ROOT).filter((file) => file.endsWith(".md")),
  ...FOLDERS.flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .map((file) => path.join(folder, file)),
  ),
].filter(
  (file) => TEXT.test(file) && file !== OWN && !file.split(path.sep).some((part) => part === "node_modules"),
);
const texts = files.map((file) => ({
  file,
  lines: fs.readFileSync(path.join(ROOT, file), "utf8").split("\n"),
}));

const places = (isWrong: (line: string, above: string) => boolean) =>
  texts.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) =>
      isWrong(line, lines.slice(Math.max(0, index - 3), index + 1).join(" "))
        ? [`${file}:${index + 1}: ${line.trim().slice(0, 160)}`]
        : [],
    ),
  );

// Papers and folders that only the authors had. An issue has its repository: cilium/cilium#36022.
const UNKNOWN = [
  /\bseeds? \d{3}\b/i,
  /\bdocument \d{3}\b/i,
  /\bFACTS(\.md|-STACKS)?\b/,
  /\bissues? \d+/i,
  /helm-offline|\.\.\/shared\/|(^|[\s"'`(])\/work\/|\/tmp\/b\//,
];

test("no path is of one machine, also in what programs print", () => {
  const ofMachine =
    /(^|[\s"'`=:(])\/(root|Users\/[A-Za-z]+|home\/[a-z]+)\/(sdk|go|src|work|projects?|code)\//;
  // In parts, because a path of a machine in this file would be one.
  const printed = ["", "root", "sdk", "go1.24.4", "src", "runtime", "proc.go:283"].join("/");
  expect(ofMachine.test(`"caller":"${printed}"`)).toBe(true);
  expect(places((line) => ofMachine.test(line))).toEqual([]);
});

test("every reference can be followed by a stranger", () => {
  expect(places((line) => UNKNOWN.some((unknown) => unknown.test(line)))).toEqual([]);
});

/** A page of another repository, which is named beside it. */
const UPSTREAM = /\b[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*[ @#,]|\bwebsite\b|https:\/\//i;

test("every page of docs that is referred to exists, or is of a repository named beside it", () => {
  const page = /(?<![\w/.-])docs\/[\w/-]+\.md/g;

  expect(
    places((line, above) =>
      [...line.matchAll(page)].some(
        ([found]) => !fs.existsSync(path.join(ROOT, found)) && !UPSTREAM.test(above.replace(page, "")),
      ),
    ),
  ).toEqual([]);
});
