import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { aFolder, BASE_YAML } from "../support/fixtures";
import { root } from "../support/offline-terraform";

const project = aFolder({
  "envs/platform.yaml": 'tags: { owner: platform }\nrelease: "2026.11"\n',
  "envs/dev/us-east-1.yaml": BASE_YAML,
  "plan.json": JSON.stringify({ format_version: "1.2", resource_changes: [], planned_values: {} }),
});
afterAll(() => fs.rmSync(project, { recursive: true }));

/** Sources that a command loads, as paths in the repository: of the files that Node.js says it ran. */
function loadedBy(...args: string[]): string[] {
  const coverage = path.join(project, "coverage");
  fs.rmSync(coverage, { recursive: true, force: true });
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, "bin", "octarine.mjs"), ...args], {
    cwd: project,
    env: { ...process.env, NODE_V8_COVERAGE: coverage },
    encoding: "utf8",
    input: "",
  });
  expect([status, stderr]).toEqual([expect.any(Number), expect.not.stringContaining("internal error")]);
  const scripts = fs.readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(fs.readFileSync(path.join(coverage, name), "utf8")) as {
      result: { url: string }[];
    };
    return result.filter(({ url }) => url.includes("/.cache/octarine/")).map(({ url }) => new URL(url));
  });
  return scripts.flatMap(({ pathname }) => {
    const sources = fs.readFileSync(path.join(path.dirname(pathname), "sources.json"), "utf8");
    return (JSON.parse(sources) as Record<string, string[]>)[path.basename(pathname)] ?? [];
  });
}

const inPackage = (name: string) => new RegExp(`(^|/)node_modules/${name}/`);
const CDKTF = [inPackage("cdktf"), inPackage("@cdktf/[^/]+"), inPackage("constructs"), /^\.gen\//];
const CONFIG = [inPackage("zod"), inPackage("yaml"), /^src\/config\//];
const SYNTHESIS = [...CDKTF, /^src\/synth\//, /^src\/modules\/registry\//];
const OTHERS = [
  /^src\/guardrails\//,
  /^src\/report\/(?!diagrams\/diagram-names)/,
  /^src\/cost\/cost-estimate/,
];
const REVIEW = [/^src\/plan-review\/(?!model\/impact)/];
const RELEASES = [/^src\/releases\//];

beforeAll(() => loadedBy("--help"), 60_000);

test("the test sees what is loaded", () => {
  const loaded = loadedBy("synth");

  for (const each of [...CDKTF.slice(0, 3), ...CONFIG, /^src\/synth\//, /^src\/guardrails\//])
    expect(loaded.filter((file) => each.test(file))).not.toEqual([]);
});

test.each<[string, string[], RegExp[]]>([
  ["help", ["--help"], [...CONFIG, ...SYNTHESIS, ...OTHERS, ...REVIEW, ...RELEASES]],
  ["help for a command", ["deploy", "--help"], [...CONFIG, ...SYNTHESIS, ...OTHERS, ...REVIEW, ...RELEASES]],
  ["the version", ["--version"], [...CONFIG, ...SYNTHESIS, ...OTHERS, ...REVIEW, ...RELEASES]],
  ["a slip", ["synth", "--jsn"], [...CONFIG, ...SYNTHESIS, ...OTHERS, ...REVIEW, ...RELEASES]],
  ["list", ["list"], [...SYNTHESIS, ...OTHERS, ...REVIEW]],
  ["config validate", ["config", "validate"], [...SYNTHESIS, ...OTHERS, ...REVIEW]],
  ["config explain", ["config", "explain", "dev/us-east-1"], [...SYNTHESIS, ...OTHERS, ...REVIEW]],
  ["capacity", ["capacity"], [...SYNTHESIS, ...OTHERS, ...REVIEW]],
  ["pods", ["pods", "m7i.large"], [...CONFIG, ...SYNTHESIS, ...OTHERS, ...REVIEW, ...RELEASES]],
  [
    "release list",
    ["release", "list"],
    [...CONFIG.slice(0, 2), /^src\/config\/schema/, ...SYNTHESIS, ...OTHERS, ...REVIEW],
  ],
  ["review", ["review", "plan.json"], [...CDKTF, inPackage("zod"), ...OTHERS, /^src\/(config|synth)\//]],
  [
    "cost",
    ["cost"],
    [...SYNTHESIS, ...REVIEW, /^src\/guardrails\//, /^src\/report\/(?!diagrams\/diagram-n)/],
  ],
  ["synth", ["synth"], [...REVIEW, /^src\/report\/(?!diagrams\/diagram-names)/, /^src\/cost\/scenarios/]],
])("%s loads nothing that it does not use", (_name, args, unused) => {
  const loaded = loadedBy(...args);

  expect(loaded).toContain("src/cli/program.ts");
  expect(loaded.filter((file) => unused.some((each) => each.test(file)))).toEqual([]);
});
