import fs from "node:fs";
import path from "node:path";
import { synthOnce } from "../../../src/cli/synth/synth-once";
import type { SynthOptions, SynthRun } from "../../../src/cli/synth/synth-run";
import { OutputLayout } from "../../../src/synth/output/layout";
import { type RunRecord, type RunRequest, unchangedRun } from "../../../src/synth/record/run-record";
import { aFolder } from "../../support/fixtures";
import { contents } from "../../support/output-bundle";
import { commitOn, edit, projectOfAllInputs } from "../../support/project-of-all-inputs";

const here = process.cwd();
let synthesized: string;
let first: SynthRun;
let project: string;
beforeAll(async () => {
  process.chdir((synthesized = projectOfAllInputs()));
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  first = await run();
}, 120_000);
beforeEach(() => {
  project = aFolder({});
  fs.cpSync(synthesized, project, { recursive: true });
  process.chdir(project);
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  process.chdir(here);
  fs.rmSync(project, { recursive: true });
});
afterAll(() => fs.rmSync(synthesized, { recursive: true }));

const run = (more: Partial<Omit<SynthOptions, "request">> & { request?: Partial<RunRequest> } = {}) =>
  synthOnce({
    out: "out",
    program: "this program",
    ...more,
    request: { envs: "envs", targets: [], ...more.request },
  });

/** What a run leaves: files and words, or an error. */
async function outcome(options: Parameters<typeof run>[0] & { out: string }) {
  try {
    const { warnings, stacks, unchanged } = await run(options);
    return { unchanged, left: { files: contents(options.out), warnings, stacks } };
  } catch (error) {
    return { unchanged: false, left: { error: String(error) } };
  }
}

const recordOf = (): RunRecord => {
  const runs = path.join("out", ".octarine", "runs");
  const [name = ""] = fs.readdirSync(runs).filter((each) => /^[0-9a-f]+\.json$/.test(each));
  return JSON.parse(fs.readFileSync(path.join(runs, name), "utf8")) as RunRecord;
};

/** A kind of input, the reads that notice a change of it, and such a change. */
type Row = readonly [kind: string, reads: RegExp, change: () => void];
const write = (file: string, text: string) => fs.writeFileSync(path.join(project, file), text);

const inputs: Row[] = [
  [
    "a key of platform.yaml",
    /^bytes envs\/platform\.yaml$/,
    () => edit(project, "envs/platform.yaml", "owner: platform", "owner: others"),
  ],
  [
    "a key of environment.yaml",
    /^bytes envs\/dev\/environment\.yaml$/,
    () => edit(project, "envs/dev/environment.yaml", "m7i.large", "m7i.xlarge"),
  ],
  [
    "a key of a target's own file, which its peers have in theirs",
    /^bytes envs\/dev\/us-(east-1|west-2)\.yaml$/,
    () => edit(project, "envs/dev/us-west-2.yaml", "10.1.0.0/16", "10.2.0.0/16"),
  ],
  [
    "a service of all environments",
    /^bytes envs\/workloads\/shop\.yaml$/,
    () => edit(project, "envs/workloads/shop.yaml", "1.0.0", "1.0.1"),
  ],
  [
    "a service of an environment",
    /^bytes envs\/dev\/workloads\/pay\.yaml$/,
    () => edit(project, "envs/dev/workloads/pay.yaml", "1.0.0", "1.0.1"),
  ],
  [
    "a further service",
    /^names envs(\/dev)?\/workloads$/,
    () => fs.cpSync("envs/workloads/shop.yaml", "envs/workloads/shelf.yaml"),
  ],
  ["a service that is gone", /^names envs\/dev\/workloads$/, () => fs.rmSync("envs/dev/workloads/pay.yaml")],
  [
    "a further environment",
    /^names envs$/,
    () => {
      fs.mkdirSync("envs/test");
      fs.cpSync("envs/dev/environment.yaml", "envs/test/environment.yaml");
      const own = fs.readFileSync("envs/dev/us-west-2.yaml", "utf8");
      write("envs/test/us-west-2.yaml", own.replace(/ {2}connections.*\n/, ""));
    },
  ],
  [
    "a target that is gone, which its peer names",
    /^(names envs\/dev|kind envs\/dev\/us-(east-1|west-2)\.yaml)$/,
    () => fs.rmSync("envs/dev/us-west-2.yaml"),
  ],
  [
    "a file in the place of a folder",
    /^kind envs(\/dev)?\/workloads$|^kind envs(\/dev)?$/,
    () => {
      fs.rmSync("envs/workloads", { recursive: true });
      write("envs/workloads", "");
    },
  ],
  [
    "a folder in the place of a file",
    /^kind envs\/\S+\.yaml$/,
    () => {
      fs.rmSync("envs/dev/workloads/pay.yaml");
      fs.mkdirSync("envs/dev/workloads/pay.yaml");
    },
  ],
  [
    "a service control policy",
    /^bytes scps\/audit\.json$/,
    () => edit(project, "scps/audit.json", "cloudtrail:StopLogging", "ec2:CreateVpc"),
  ],
  ["a service control policy that is gone", /^kind scps\/audit\.json$/, () => fs.rmSync("scps/audit.json")],
  [
    "the deploy role's policies, which were not there",
    /^kind envs\/dev\/deploy-policy\.json$/,
    () => write("envs/dev/deploy-policy.json", "{}"),
  ],
  ["prices", /^bytes aws-prices\.json$/, () => write("aws-prices.json", "[]")],
  ["prices that are gone", /^kind aws-prices\.json$/, () => fs.rmSync("aws-prices.json")],
  [
    "a vendored release",
    /^bytes vendor\/gateway-api-v1\.4\.1\.json$/,
    () => edit(project, "vendor/gateway-api-v1.4.1.json", "HTTPRoute", "GRPCRoute"),
  ],
  [
    "a vendored release that is gone",
    /^kind vendor\/gateway-api-v1\.4\.1\.json$/,
    () => fs.rmSync("vendor/gateway-api-v1.4.1.json"),
  ],
  [
    "the day of the last commit, on which a waiver has run out",
    /^commitDay envs$/,
    () => commitOn(project, "2027-02-01"),
  ],
];

test("nothing changed: nothing is made, and the same is told", async () => {
  const record = recordOf();
  const again = await run();

  expect(again).toEqual({ ...first, unchanged: true });
  expect(again.warnings.length).toBeGreaterThan(0);
  expect(recordOf()).toEqual(record);
});

test("every kind of input that a run reads is among those that are changed here", () => {
  const reads = recordOf().reads.map(({ ask, path: file }) => `${ask} ${file}`);
  expect(reads.filter((read) => !inputs.some(([, pattern]) => pattern.test(read)))).toEqual([]);
  expect(inputs.filter(([, pattern]) => !reads.some((read) => pattern.test(read)))).toEqual([]);
});

test("the record tells each target's own and shared inputs", () => {
  expect(recordOf().inputs["dev/us-west-2"]).toEqual([
    "envs/dev/deploy-policy.json",
    "envs/dev/environment.yaml",
    "envs/dev/us-west-2.yaml",
    "envs/dev/workloads/pay.yaml",
    "envs/platform.yaml",
    "envs/workloads/shop.yaml",
    "scps/audit.json",
  ]);
});

test.each(inputs)("%s makes what was written stale", async (_kind, _reads, change) => {
  const before = contents("out");
  change();

  const now = await outcome({ out: "out" });
  const fresh = await outcome({ out: "fresh", force: true });

  expect(now.unchanged).toBe(false);
  expect(now.left).toEqual(fresh.left);
  // What fails leaves what was there.
  if ("error" in now.left) expect(contents("out")).toEqual(before);
});

test.each<[string, Parameters<typeof run>[0]]>([
  ["another program", { program: "another" }],
  ["a program that is not known", { program: undefined }],
  ["another day that it is told", { request: { asOf: "2026-12-01" } }],
  ["--force", { force: true }],
])("%s makes what was written stale", async (_name, options) => {
  expect((await run(options)).unchanged).toBe(false);
});

test("a folder of targets elsewhere makes what was written stale", async () => {
  fs.cpSync("envs", "others", { recursive: true });

  expect((await run({ request: { envs: "others" } })).unchanged).toBe(false);
});

test("a selection is known beside the whole", async () => {
  await run({ request: { targets: ["dev/us-east-1"] } });

  expect((await run({ request: { targets: ["dev/us-east-1"] } })).unchanged).toBe(true);
  expect((await run()).unchanged).toBe(true);
});

test("a checkout at another path, with what it had written, is unchanged", async () => {
  const moved = `${project}-moved`;
  fs.renameSync(project, moved);
  process.chdir((project = moved));

  expect(await run()).toEqual({ ...first, unchanged: true });
});

describe("the folder that was written", () => {
  const touched: [string, (file: string) => void][] = [
    ["is edited", (file) => fs.appendFileSync(file, " ")],
    [
      "is edited, with its size and time kept",
      (file) => {
        const { atime, mtime } = fs.statSync(file);
        const text = fs.readFileSync(file, "utf8");
        fs.writeFileSync(file, text.slice(0, -1) + (text.endsWith("x") ? "y" : "x"));
        fs.utimesSync(file, atime, mtime);
      },
    ],
    ["is removed", (file) => fs.rmSync(file)],
    [
      "is replaced by a link to the same",
      (file) => {
        fs.renameSync(file, `${project}/elsewhere`);
        fs.symlinkSync(`${project}/elsewhere`, file);
      },
    ],
  ];
  const isUnchanged = () =>
    unchangedRun(new OutputLayout("out"), { envs: "envs", targets: [] }, "this program", () => true) !==
    undefined;

  test.each(touched)("is no longer what a run would write where any one of its files %s", (_how, touch) => {
    // Its files are known by their stats from here on.
    expect(isUnchanged()).toBe(true);
    const files = Object.keys(recordOf().outputs).filter((name) => !name.endsWith("/"));
    expect(files).toEqual(
      expect.arrayContaining([
        "manifest.json",
        ".octarine/made.json",
        "stacks/dev-us-east-1-network/cdk.tf.json",
        expect.stringMatching(/^stacks\/dev-us-east-1-policies\/assets\/.+\/Chart\.yaml$/),
      ]),
    );
    for (const name of files) {
      const file = path.join("out", name);
      fs.cpSync(file, `${project}/kept`);
      touch(file);
      expect([name, isUnchanged()]).toEqual([name, false]);
      fs.rmSync(file, { force: true });
      fs.cpSync(`${project}/kept`, file);
    }
    expect(isUnchanged()).toBe(true);
  });

  test("is no longer that where a file is added to what was written", () => {
    const [folder = ""] = Object.keys(recordOf().outputs).filter((name) => name.endsWith("/"));
    fs.writeFileSync(path.join("out", folder, "more.yaml"), "");

    expect(isUnchanged()).toBe(false);
  });

  test("is still that beside what others keep there, such as Terraform", () => {
    fs.writeFileSync("out/stacks/dev-us-east-1-network/.terraform.lock.hcl", "");

    expect(isUnchanged()).toBe(true);
  });

  test("is told of anew where a state lies there that its bucket lacks, or a run was interrupted", () => {
    fs.writeFileSync("out/stacks/dev-us-east-1-network/errored.tfstate", "{}");
    expect(isUnchanged()).toBe(false);
    fs.rmSync("out/stacks/dev-us-east-1-network/errored.tfstate");
    expect(isUnchanged()).toBe(true);

    fs.writeFileSync("out/.octarine/journal.json", "{}");
    expect(isUnchanged()).toBe(false);
  });

  test("is written again as it was, and the files that were not touched keep their time", async () => {
    const before = contents("out");
    const file = "out/stacks/dev-us-east-1-cni/cdk.tf.json";
    const others = Object.keys(before)
      .map((name) => path.join("out", name))
      .filter((name) => name !== file);
    const times = () => others.map((name) => [name, fs.statSync(name).mtimeMs]);
    const old = new Date("2026-01-01");
    others.forEach((name) => fs.utimesSync(name, old, old));
    const timesBefore = times();
    fs.appendFileSync(file, " ");

    expect((await run()).unchanged).toBe(false);
    expect(contents("out")).toEqual(before);
    expect(times()).toEqual(timesBefore);
  });
});
