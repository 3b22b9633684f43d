import { execFileSync } from "node:child_process";
import { EventEmitter } from "node:events";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { loadFleet } from "../../src/fleet/load-fleet";
import { aFolder } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const problemOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );

const given = ["--yes", "--account", "111122223333"];

test("begins a repository that validates, and says what comes next", async () => {
  const dir = path.join(aFolder({}), "platform");
  const { output, remarks } = await runCommand("init", dir, ...given, "--region", "us-east-1", "eu-west-1");

  expect(output.split("\n").map((each) => path.relative(dir, each))).toEqual(
    expect.arrayContaining(["envs/dev/eu-west-1.yaml", "package.json", "main.ts", ".vscode/settings.json"]),
  );
  expect(remarks).toContain("npm install, npm test, npx octarine synth");
  expect(loadFleet(path.join(dir, "envs")).targets.map(({ name }) => name)).toEqual([
    "dev/eu-west-1",
    "dev/us-east-1",
  ]);
});

test("overwrites nothing, and writes nothing where something is there", async () => {
  const dir = aFolder({ "main.ts": "mine\n" });

  expect(await problemOf(runCommand("init", dir, ...given))).toContain("main.ts is there already");
  expect(fs.readdirSync(dir)).toEqual(["main.ts"]);
});

test("keeps what a package.json says and adds what it lacks", async () => {
  const mine = {
    name: "platform",
    type: "module",
    scripts: { test: "mine" },
    dependencies: { octarine: "file:o.tgz" },
  };
  const dir = aFolder({ "package.json": JSON.stringify(mine) });
  await runCommand("init", dir, ...given);

  expect(JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8"))).toMatchObject({
    ...mine,
    scripts: { test: "mine", synth: "npx octarine synth" },
    dependencies: { octarine: "file:o.tgz", cdktf: "0.21.0" },
  });
});

describe("a package.json of npm init -y", () => {
  const made = {
    name: "platform",
    main: "index.js",
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    type: "commonjs",
  };
  const begin = async (files: Record<string, string>) => {
    const dir = aFolder(files);
    const { remarks } = await runCommand("init", dir, ...given);
    return [
      JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8")) as Record<string, unknown>,
      remarks,
    ] as const;
  };

  test("gets tests that test, and the format of modules that main.ts and octarine.config.ts have", async () => {
    const [written, remarks] = await begin({ "package.json": JSON.stringify(made) });

    expect(written).toMatchObject({
      type: "module",
      scripts: { test: "npx octarine config validate && npx octarine check" },
    });
    expect(remarks).not.toContain("warning");
  });

  test("keeps the format of code that is there, and it is said what that costs", async () => {
    const [written, remarks] = await begin({ "package.json": JSON.stringify(made), "index.js": "" });

    expect(written).toMatchObject({ type: "commonjs" });
    expect(remarks).toContain('says "type": "commonjs" and stays so; npx cdktf synth');
  });
});

test("another folder gets the program from where this one does, and not from whoever has its name at npm", async () => {
  const parent = fs.realpathSync(
    aFolder({ "package.json": '{ "dependencies": { "octarine": "file:../o.tgz" } }' }),
  );
  const before = process.cwd();
  process.chdir(parent);
  const { remarks } = await runCommand("init", "two words", ...given).finally(() => {
    process.chdir(before);
  });

  expect(fs.readFileSync(path.join(parent, "two words/package.json"), "utf8")).toContain(
    '"octarine": "file:../../o.tgz"',
  );
  expect(remarks).toContain("next: cd 'two words', npm install");
});

test.each([
  ["--account is required", ["--yes"]],
  ["is not a region with EKS; did you mean us-east-1?", [...given, "--region", "us-eest-1"]],
  ["an account is in one partition", [...given, "--region", "us-east-1", "us-gov-west-1"]],
  ["--environment Dev_1", [...given, "--environment", "Dev_1"]],
  ["needs a reason in writing", [...given, "--environment", "prod", "--egress", "nat-single"]],
])("refuses: %s", async (problem, args) => {
  const dir = aFolder({});

  expect(await problemOf(runCommand("init", dir, ...args))).toContain(problem);
  expect(fs.readdirSync(dir)).toEqual([]);
});

test.each([
  ["--account", "1234"],
  ["--cni", "calico"],
])("what an option takes is said by the option: %s %s", async (...args) => {
  await expect(runCommand("init", aFolder({}), ...args)).rejects.toThrow();
});

test("package.json pins what the package shares with the project at versions that the package takes", () => {
  const { dependencies, peerDependencies, devDependencies } = JSON.parse(
    fs.readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8"),
  ) as Record<string, Record<string, string>>;

  expect(dependencies).toBeUndefined();
  expect(Object.keys(peerDependencies ?? {})).toEqual(expect.arrayContaining(["cdktf", "constructs"]));
  expect(devDependencies).toMatchObject({
    cdktf: "0.21.0",
    constructs: "10.7.2",
    tsx: "4.23.15",
    typescript: "5.9.3",
  });
});

describe("files for a CI", () => {
  function cloned(url: string): string {
    const dir = aFolder({});
    execFileSync("git", ["init", "-q", dir]);
    execFileSync("git", ["-C", dir, "remote", "add", "origin", url]);
    return dir;
  }
  const read = (dir: string, file: string) => fs.readFileSync(path.join(dir, file), "utf8");

  test.each([
    ["git@github.com:acme/platform.git", ".github/workflows/octarine.yml", "github"],
    ["https://gitlab.com/acme/platform.git", ".gitlab-ci.yml", "gitlab"],
  ])("are those of the git remote %s, which gets a role and deploys", async (url, file, system) => {
    const dir = cloned(url);
    const { remarks } = await runCommand("init", dir, ...given);

    expect(read(dir, file)).toContain(`# Made by \`npx octarine ci ${system}\``);
    expect(read(dir, file)).toContain('npx octarine deploy "$TARGET" --yes');
    expect(read(dir, file)).toContain("deploy-dev:");
    expect(remarks).not.toContain("warning");
    expect(loadFleet(path.join(dir, "envs")).targets[0]?.config.account.ci).toMatchObject({ kind: system });
  });

  test("are those that are asked for, and it is said what they lack", async () => {
    const dir = aFolder({});
    const { remarks } = await runCommand("init", dir, ...given, "--ci", "github");

    expect(read(dir, ".github/workflows/octarine.yml")).toContain("npx octarine config validate");
    expect(remarks).toContain("dev/us-east-1 is only checked");
  });

  test("for Atlantis have a project for each stack", async () => {
    const dir = aFolder({});
    await runCommand("init", dir, ...given, "--ci", "atlantis");

    expect(read(dir, "atlantis.yaml")).toContain("dir: cdktf.out/stacks/dev-us-east-1-network");
  });

  test.each([
    [[], "no CI files"],
    [["--ci", "none"], "wrote dev/us-east-1"],
  ])("are none where nothing names one: %j", async (args, told) => {
    const dir = aFolder({});
    const { remarks } = await runCommand("init", dir, ...given, ...args);

    expect(remarks).toContain(told);
    expect(fs.readdirSync(dir).filter((name) => /github|gitlab|atlantis/.test(name))).toEqual([]);
  });

  test("that are there stay, and nothing else is written", async () => {
    const dir = cloned("git@gitlab.com:acme/platform.git");
    fs.writeFileSync(path.join(dir, ".gitlab-ci.yml"), "mine: {}\n");

    expect(await problemOf(runCommand("init", dir, ...given))).toContain("or add --ci none");
    expect(fs.readdirSync(dir).sort()).toEqual([".git", ".gitlab-ci.yml"]);
  });

  test("of a repository whose root is elsewhere are not made without being asked for", async () => {
    const dir = path.join(cloned("git@github.com:acme/platform.git"), "below");
    fs.mkdirSync(dir);
    const { remarks } = await runCommand("init", dir, ...given);

    expect(remarks).toContain("no CI files");
  });
});

test("asks again where an answer can't be, and takes nothing that production needs a reason for", async () => {
  const dir = aFolder({});
  const answers = ["12", "111122223333", "workloads", "prod", "us-eest-1", "eu-west-1"];
  const more = ["none", "cilim", "vpc-cni", "nat-single", "nat-per-zone", "small"];
  const left = [...answers, ...more];
  const asked = jest.spyOn(readline, "createInterface").mockImplementation(
    () =>
      Object.assign(new EventEmitter(), {
        question: (_: string, then: (answer: string) => void) => then(left.shift() ?? ""),
        close: () => {},
      }) as unknown as readline.Interface,
  );
  const ttys = [process.stdin, process.stderr].map((stream) => [stream, stream.isTTY] as const);
  ttys.forEach(([stream]) => (stream.isTTY = true));
  const { remarks } = await runCommand("init", dir).finally(() => {
    ttys.forEach(([stream, isTTY]) => (stream.isTTY = isTTY));
    asked.mockRestore();
  });

  expect([left, loadFleet(path.join(dir, "envs")).targets.map(({ name }) => name)]).toEqual([
    [],
    ["prod/eu-west-1"],
  ]);
  expect(remarks).toContain("12 digits");
  expect(remarks).toContain("is the folder of services of all environments");
  expect(remarks).toContain("us-eest-1 is not a region with EKS; did you mean us-east-1?");
});
