import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { readFleet } from "../../src/fleet/load-fleet";
import { mergeLayers } from "../../src/config/read/merge-layers";
import { parseYaml } from "../../src/config/read/parse-yaml";
import { formatProblem } from "../../src/config/read/problem";
import { toPlain } from "../../src/config/read/source-node";
import { aFolder } from "../support/fixtures";
import { type Fence, fencesIn } from "../../tools/site/fences";
import { pages, root, textOf } from "../support/pages";
import { made } from "../support/site-pages";

/**
 * Every YAML example is read as what it is. Unmarked: keys of a target in production, over the short target of the
 * README. A mark behind the fence says something else, and the page says it, too:
 *   yaml over="envs/prod/us-east-1"   keys over that sample
 *   yaml refused="MESSAGE"            octarine config validate refuses it so
 *   yaml other="FILE"                 a file of another program
 *   yaml over="..." file="FILE"       in place of that file of the sample's environment
 */
const marks = ["over", "refused", "other", "file"];
const textOfPage = new Map([
  ...pages.map((page) => [page, textOf(page)] as const),
  ...made.map(({ path: at, text }) => [at, text] as const),
]);
const fences = [...textOfPage].flatMap(([page, text]) => fencesIn(page, text));
const examples = fences.filter(({ language }) => /^ya?ml$/.test(language));
const inReadme = examples.filter(({ page }) => page === "README.md");

const ENVIRONMENT = `account: { id: "111122223333", keyAdministrators: [SecurityAdmin] }
state: { region: us-east-1 }
`;

/** Problems of a target that has the example's keys over its base. */
function problemsOf({ text, marks: { over, file: whole } }: Fence): string[] {
  const [base, file, files] =
    over === undefined
      ? [inReadme[0]?.text ?? "", "prod/us-east-1.yaml", { "prod/environment.yaml": ENVIRONMENT }]
      : sample(over);
  const dir = aFolder({
    "platform.yaml": fs.readFileSync(path.join(root, "envs/platform.yaml"), "utf8"),
    ...files,
    ...(whole === undefined
      ? { [file]: merged(base, text) }
      : { [path.join(path.dirname(file), whole)]: text }),
  });
  try {
    return readFleet(dir)
      .problems.map(formatProblem)
      .map((line) => line.slice(line.indexOf(dir) + dir.length + 1));
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** A sample's text, its file in its folder, and the files beside it. */
function sample(name: string): [string, string, Record<string, string>] {
  const [, envs = "", environment = "", region = ""] = /^(.*)\/([^/]+)\/([^/]+)$/.exec(name) ?? [];
  const file = `${environment}/${region}.yaml`;
  const folder = path.join(root, envs, environment);
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((each) => each.endsWith(".yaml"));
  const all = Object.fromEntries(
    files.map((each) => [`${environment}/${each}`, fs.readFileSync(path.join(folder, each), "utf8")]),
  );
  const platform = path.join(root, envs, "platform.yaml");
  // References have no layer in common, and then none.
  const shared = fs.existsSync(platform) ? fs.readFileSync(platform, "utf8") : "";
  return [all[file] ?? "", file, { "platform.yaml": shared, ...all }];
}

/** As a further layer would lie over the file. */
function merged(base: string, text: string): string {
  const layers = [base, text].map((each) => {
    const { root: node, problems } = parseYaml(each, "example.yaml");
    expect(problems).toEqual([]);
    return node;
  });
  const { root: all, emptyKeys } = mergeLayers(layers);
  expect(emptyKeys).toEqual([]);
  return stringify(toPlain(all));
}

test.each(examples.map((each) => [`${each.page}:${each.line}`, each] as const))("%s", (_name, example) => {
  const { over, refused, other, file } = example.marks;
  expect(Object.keys(example.marks).filter((mark) => !marks.includes(mark))).toEqual([]);
  // A reader sees no marks.
  for (const said of [over?.replace(/\/[^/]+$/, ""), refused, other, file]) {
    if (said !== undefined) expect(textOfPage.get(example.page)?.split(said).length).toBeGreaterThan(2);
  }

  const expected = refused === undefined ? [] : [expect.stringContaining(refused)];
  if (other === undefined) expect(problemsOf(example)).toEqual(expected);
});

test("no page has YAML in a block that nobody reads as such", () => {
  const others = fences.filter(({ language }) => !/^ya?ml$/.test(language));
  const keys = /^(network|cluster|cni|nodes|namespaces|karpenter|workloads|mesh|versions|release): /m;
  expect(others.filter(({ text }) => keys.test(text)).map(({ page, line }) => `${page}:${line}`)).toEqual([]);
});
