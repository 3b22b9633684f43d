import fs from "node:fs";
import path from "node:path";
import { readFleet } from "../../../src/fleet/load-fleet";
import { formatProblem } from "../../../src/config/read/problem";
import { aFolder } from "../../support/fixtures";
import { ENVIRONMENT, NETWORK, problemsIn, problemsOf } from "../../support/problems";

const AT = "envs/dev/us-east-1.yaml";

/** Tens of thousands of values by ten lines of aliases. */
const BOMB = [
  `  a0: &a0 [${Array(10).fill("x").join(",")}]\n`,
  ...Array.from({ length: 9 }, (_, i) => `  a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(",")}]\n`),
].join("");

describe("YAML that would be read as something else than was meant is one problem, at its place", () => {
  test.each<[string, string, string]>([
    [
      "an alias of another file's anchor, which took the setting away",
      `${NETWORK}backup: *standard_backup\n`,
      `${AT}:4:9  backup  refers to &standard_backup, which this file does not have above it; write the value here (anchors end with their file)`,
    ],
    [
      "a value that holds itself",
      `${NETWORK}tags: &x { b: *x }\n`,
      `${AT}:4:15  tags.b  refers to itself by *x; write the value`,
    ],
    [
      "a merge key",
      `${NETWORK}tags: { <<: { a: b } }\n`,
      `${AT}:4:9  tags."<<"  is a merge key, which YAML 1.2 does not have; write the settings here, or in a layer below`,
    ],
    [
      "a list for a key",
      `${NETWORK}? [a]\n: b\n`,
      `${AT}:4:3  has a key that is not text; write a word and a colon`,
    ],
    [
      "no key",
      `${NETWORK}tags: { : b }\n`,
      `${AT}:4:8  tags  has a key that is not text; write a word and a colon`,
    ],
    [
      "a key that every JavaScript object has",
      `${NETWORK}tags: { __proto__: { owner: me } }\n`,
      `${AT}:4:9  tags.__proto__  is a name that can't be used; write another`,
    ],
    [
      "another such key",
      `${NETWORK}nodes: { constructor: {} }\n`,
      `${AT}:4:10  nodes.constructor  is a name that can't be used; write another`,
    ],
    [
      "a second document",
      `${NETWORK}---\ntags: { a: b }\n`,
      `${AT}:4:1  is a second document, and a file has one; remove the line ---, or write another file`,
    ],
    [
      "YAML 1.1",
      `%YAML 1.1\n---\n${NETWORK}`,
      `${AT}:1:1  asks for YAML 1.1, which reads yes, 010 and dates as other values; remove the line %YAML`,
    ],
    [
      "a tag",
      `${NETWORK}tags: { owner: !!binary aGk= }\n`,
      `${AT}:4:25  tags.owner  has the tag !!binary, and only plain YAML is read; remove the tag`,
    ],
    [
      "a tab, however many",
      "network:\n\tvpcCidr: 10.0.0.0/16\n\tzones: [us-east-1a]\n\tegres: {}\n",
      `${AT}:2:1  is indented by a tab, which YAML does not take; write spaces`,
    ],
    [
      "a control character by an escape",
      `${NETWORK}tags: { owner: "\\e[31mme" }\n`,
      `${AT}:4:16  tags.owner  has the character U+001B, which nobody sees; remove it`,
    ],
    [
      "a character that turns the direction of writing",
      `${NETWORK}tags: { owner: m\u202ee }\n`,
      `${AT}:4:17  has the character U+202E, which nobody sees; remove it`,
    ],
    [
      "more levels than anybody writes",
      `${NETWORK}tags: ${"[".repeat(100_000)}\n`,
      `${AT}:1:1  is nested more than 64 levels deep; write fewer`,
    ],
    [
      "more text than anybody reads",
      `${NETWORK}tags: { owner: ${"x".repeat(20_000)} }\n`,
      `${AT}:4:16  tags.owner  has 20000 characters; write at most 16384`,
    ],
    [
      "more than a config",
      `${NETWORK}# ${"x".repeat(300_000)}\n`,
      `${AT}:1:1  is larger than 256 KiB; write less in one file`,
    ],
  ])("%s", (_what, text, problem) => {
    expect(problemsIn(text)).toContain(problem);
  });

  test("aliases that multiply are not waited for", () => {
    expect(problemsIn(`${NETWORK}tags:\n${BOMB}`)).toContainEqual(
      expect.stringMatching(
        /us-east-1\.yaml:5:\d+ {2}tags\.a4\S+ {2}is one of more than 20000 values, aliases \(\*name\) counted each time; write less in one file$/,
      ),
    );
  });

  test("and reports what other files have wrong, but not what a broken file seems to lack", () => {
    const broken = {
      "dev/environment.yaml": ENVIRONMENT.replace("m7i.large", "1"),
      "dev/us-east-1.yaml": "network: [\n",
    };

    expect(problemsOf(broken)).toEqual([
      'envs/dev/environment.yaml:7:27  nodes.main.instanceTypes[0]: 1  is a number, and text is needed; put it in quotes: "1"',
      expect.stringMatching(/^envs\/dev\/us-east-1\.yaml:\d+:\d+ {2}is not valid YAML/),
    ]);
  });

  test("bytes that are not UTF-8 are told with the first of them", () => {
    const dir = aFolder({ "dev/environment.yaml": ENVIRONMENT });
    const file = path.join(dir, "dev/us-east-1.yaml");
    fs.writeFileSync(
      file,
      Buffer.concat([Buffer.from(`${NETWORK}tags: { owner: "é`), Buffer.from([0xe9, 0x22, 0x7d])]),
    );
    const [problem] = readFleet(dir).problems;

    expect(problem && formatProblem(problem)).toMatch(
      /us-east-1\.yaml:4:18 {2}has the byte 0xe9, which is not UTF-8; save the file as UTF-8$/,
    );
  });

  test("a byte order mark and Windows' ends of lines are no problem", () => {
    expect(problemsIn(`\ufeff${NETWORK.replaceAll("\n", "\r\n")}`)).toEqual([]);
  });

  test("an alias below its anchor, and a tag that says what is there, are read", () => {
    expect(problemsIn(`${NETWORK}tags: { owner: &me !!str 42, of: *me }\n`)).toEqual([]);
  });
});

describe("a key left empty", () => {
  test.each([
    [
      "that takes a map",
      `${NETWORK}karpenter:\n`,
      `${AT}:4:1  karpenter  is empty, and no layer below has a value to take away; write {} for its defaults, or remove the line`,
    ],
    [
      "that takes a word",
      `${NETWORK}tags:\n  owner:\n`,
      `${AT}:5:3  tags.owner  is empty, and no layer below has a value to take away; write a value, or remove the line`,
    ],
    [
      "that nobody knows",
      `${NETWORK}backups:\n`,
      `${AT}:4:1  backups  is empty, and is not a known key; did you mean backup?`,
    ],
  ])("%s is told of", (_what, text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test("takes away what a layer below has, and so does null where none has", () => {
    const own = `${NETWORK}runner:\n`;

    expect(problemsIn(`${own}keda: null\n`, `${ENVIRONMENT}`)).toEqual([
      expect.stringContaining("runner  is"),
    ]);
    expect(problemsIn(`${NETWORK}production:\nkeda: null\n`, `${ENVIRONMENT}production: false\n`)).toEqual(
      [],
    );
  });
});

describe("a file in the folder that nobody would read is reported", () => {
  const base = { "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": NETWORK };
  const west = NETWORK.replaceAll("us-east-1", "us-west-2").replace("10.0.0.0", "10.1.0.0");

  test.each<[string, Record<string, string>, string]>([
    [
      "an ending in capitals",
      { ...base, "dev/us-west-2.YAML": west },
      "envs/dev/us-west-2.YAML:1:1  is not read for its ending; rename it to us-west-2.yaml",
    ],
    [
      "a file beside platform.yaml",
      { ...base, "plattform.yaml": "tags: { a: b }" },
      "envs/plattform.yaml:1:1  is read by nobody; write platform.yaml here, or <environment>/<region>.yaml",
    ],
    [
      "two files of a layer",
      { ...base, "dev/environment.yml": "tags: { a: b }" },
      "envs/dev/environment.yml:1:1  stands beside environment.yaml, and one of the two would be forgotten; remove one",
    ],
    [
      "a folder too deep",
      { ...base, "dev/west/us-west-2.yaml": west },
      "envs/dev/west:1:1  has YAML that nobody reads; targets are dev/<region>.yaml, services are in workloads/",
    ],
    [
      "a folder of services in a folder of services",
      { ...base, "dev/workloads/shop/web.yaml": "image: a" },
      "envs/dev/workloads/shop:1:1  is a folder, and services are files; move them up",
    ],
    [
      "a folder for a file",
      { ...base, "dev/us-west-2.yaml/x": "" },
      "envs/dev/us-west-2.yaml:1:1  is a folder; write a file, or rename the folder",
    ],
    [
      "a region by the name of what every object has",
      { ...base, "dev/constructor.yaml": west },
      "envs/dev/constructor.yaml:1:1  the file's name constructor is not an AWS region with EKS; did you mean us-east-1?",
    ],
  ])("%s", (_what, files, problem) => {
    expect(
      problemsOf(files).map((line) => line.replace(/did you mean \S+\?/, "did you mean us-east-1?")),
    ).toEqual([problem]);
  });

  test.each([
    [
      "a layer that is a broken link",
      "dev/environment.yaml",
      "nowhere.yaml",
      "it is a link to what is not there; remove it, or mend the link",
    ],
    [
      "a target that is one",
      "dev/us-west-2.yaml",
      "nowhere.yaml",
      "it is a link to what is not there; remove it, or mend the link",
    ],
    [
      "an environment that is one",
      "prod",
      "nowhere",
      "it is a link to what is not there; remove it, or mend the link",
    ],
    [
      "a link to itself",
      "dev/us-west-2.yaml",
      "us-west-2.yaml",
      "it is a link that leads back to itself; remove it",
    ],
  ])("%s", (_what, link, to, reason) => {
    const dir = aFolder({ "dev/us-east-1.yaml": NETWORK + ENVIRONMENT });
    fs.symlinkSync(to, path.join(dir, link));
    const problems = readFleet(dir).problems.map(formatProblem);

    expect(problems).toEqual([expect.stringContaining(`${link}:1:1  can't be read: ${reason}`)]);
  });

  test("links that lead somewhere are followed", () => {
    const dir = aFolder({
      "dev/us-east-1.yaml": NETWORK + ENVIRONMENT,
      "shared/west.txt": west + ENVIRONMENT,
    });
    fs.rmSync(path.join(dir, "shared"), { recursive: true });
    fs.writeFileSync(path.join(dir, "dev", "west.txt"), west + ENVIRONMENT);
    fs.symlinkSync("west.txt", path.join(dir, "dev/us-west-2.yaml"));
    fs.symlinkSync("dev", path.join(dir, "test"));
    const { fleet } = readFleet(dir);

    expect(fleet.targets.map(({ name }) => name).sort()).toEqual([
      "dev/us-east-1",
      "dev/us-west-2",
      "test/us-east-1",
      "test/us-west-2",
    ]);
  });

  test("a file for the folder of targets", () => {
    const dir = aFolder({ envs: "" });

    expect(readFleet(path.join(dir, "envs")).problems.map(formatProblem)).toEqual([
      expect.stringMatching(
        /envs:1:1 {2}can't be read: it is not a folder; name the folder of targets with --envs$/,
      ),
    ]);
  });
});

test("shows a value of many lines in one, without what a terminal or a CI log would obey", () => {
  const [problem] = problemsIn(`${NETWORK}state: { region: "us\\n::error::x" }\n`);

  expect(problem).toMatch(
    /^envs\/dev\/us-east-1\.yaml:4:18 {2}state\.region: us\\n::error::x {2}is not an AWS region/,
  );
});
