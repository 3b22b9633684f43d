import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadFleet, readFleet } from "../src/fleet/load-fleet";
import { formatProblem } from "../src/config/read/problem";
import { program } from "../src/cli/program";

const root = path.join(__dirname, "..");
const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
const lines = readme.split("\n");

test("the first screen shows what the samples synthesize to", () => {
  const { targets } = loadFleet(path.join(root, "envs"));
  const shown = lines.filter((line) => / -> /.test(line) && !line.startsWith("`"));

  expect(shown.map((line) => line.split(/ {2,}/))).toEqual(
    targets.map((target) => [target.name, target.stacks.join(" -> ")]),
  );
  const stacks = targets.reduce((sum, target) => sum + target.stacks.length, 0);
  expect(readme).toContain(`\n${targets.length} targets, ${stacks} stacks in cdktf.out\n`);
});

describe("a target", () => {
  const file = "prod/us-east-1.yaml";
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-test-"));
  const envs = path.join(dir, "envs");
  afterAll(() => fs.rmSync(dir, { recursive: true }));
  beforeEach(() => fs.cpSync(path.join(root, "envs"), envs, { recursive: true }));

  test("as short as the one shown is valid", () => {
    const shown = /```yaml\n(# yaml-language-server[^`]*)```/.exec(readme)?.[1] ?? "";
    fs.writeFileSync(path.join(envs, file), shown);
    // The other half of the pair names this one as its mesh.
    fs.rmSync(path.join(envs, "prod/us-west-2.yaml"));

    expect(loadFleet(envs).targets.map(({ name }) => name)).toContain("prod/us-east-1");
  });

  test("with the mistake that the README shows gets the answer that it shows", () => {
    const text = fs.readFileSync(path.join(envs, file), "utf8");
    fs.writeFileSync(path.join(envs, file), text.replace("vpcCidr: 10.0.0.0/16", "vpcCidr: 10.0.3.0/16"));
    const { problems } = readFleet(envs);

    expect(problems).toHaveLength(1);
    const [line = ""] = problems.map(formatProblem).map((each) => each.slice(each.indexOf("envs/")));
    expect(lines).toContain(line);
  });
});

test("every command that the README names exists", () => {
  const named = lines.flatMap((line) => /^\| `npx octarine ([^`]+)`/.exec(line)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(20);
  for (const words of named) {
    const [first, second = ""] = words.split(" ");
    const command = program().commands.find((each) => each.name() === first);
    expect([words, command?.name()]).toEqual([words, first]);
    if (!/^[a-z]/.test(second)) continue;
    const known = (command?.commands ?? []).map((each) => each.name());
    // What follows a command without commands of its own is an argument, which docs/commands.test.ts lets the program judge.
    if (known.length === 0) continue;
    expect(known).toEqual(expect.arrayContaining(second.replaceAll("\\", "").split("|")));
  }
});

test.each(["README.md", "CONTRIBUTING.md"])("links of %s lead somewhere", (file) => {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = ""]) => link);

  expect(links.filter((link) => !fs.existsSync(path.join(root, link)))).toEqual([]);
});
