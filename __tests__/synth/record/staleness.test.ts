import fs from "node:fs";
import { contents } from "../../support/output-bundle";
import { commitOn, edit } from "../../support/project-of-all-inputs";
import { inSynthesizedProject } from "../../support/synthesized-project";

const { run, recordOf, first } = inSynthesizedProject();

/** What a run leaves: files and words, or an error. */
async function outcome(options: Parameters<typeof run>[0] & { out: string }) {
  try {
    const { warnings, stacks, unchanged } = await run(options);
    return { unchanged, left: { files: contents(options.out), warnings, stacks } };
  } catch (error) {
    return { unchanged: false, left: { error: String(error) } };
  }
}

/** A kind of input, the reads that notice a change of it, and such a change. */
type Row = readonly [kind: string, reads: RegExp, change: () => void];
const write = (file: string, text: string) => fs.writeFileSync(file, text);

const inputs: Row[] = [
  [
    "a key of platform.yaml",
    /^bytes envs\/platform\.yaml$/,
    () => edit("envs/platform.yaml", "owner: platform", "owner: others"),
  ],
  [
    "a key of environment.yaml",
    /^bytes envs\/dev\/environment\.yaml$/,
    () => edit("envs/dev/environment.yaml", "m7i.large", "m7i.xlarge"),
  ],
  [
    "a key of a target's own file, which its peers have in theirs",
    /^bytes envs\/dev\/us-(east-1|west-2)\.yaml$/,
    () => edit("envs/dev/us-west-2.yaml", "10.1.0.0/16", "10.2.0.0/16"),
  ],
  [
    "a service of all environments",
    /^bytes envs\/workloads\/shop\.yaml$/,
    () => edit("envs/workloads/shop.yaml", "1.0.0", "1.0.1"),
  ],
  [
    "a service of an environment",
    /^bytes envs\/dev\/workloads\/pay\.yaml$/,
    () => edit("envs/dev/workloads/pay.yaml", "1.0.0", "1.0.1"),
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
    () => edit("scps/audit.json", "cloudtrail:StopLogging", "ec2:CreateVpc"),
  ],
  ["a service control policy that is gone", /^kind scps\/audit\.json$/, () => fs.rmSync("scps/audit.json")],
  [
    "the deploy role's policies, which were not there",
    /^kind envs\/dev\/deploy-policy\.json$/,
    () => write("envs/dev/deploy-policy.json", "{}"),
  ],
  [
    "what a target takes over, which took nothing over",
    /^kind envs\/dev\/us-(east-1|west-2)\.adopt\.yaml$/,
    () =>
      write(
        "envs/dev/us-east-1.adopt.yaml",
        'network: { imports: { "module.network_vpc.aws_vpc.this[0]": vpc-1 } }',
      ),
  ],
  ["prices", /^bytes aws-prices\.json$/, () => write("aws-prices.json", "[]")],
  ["prices that are gone", /^kind aws-prices\.json$/, () => fs.rmSync("aws-prices.json")],
  [
    "a vendored release",
    /^bytes vendor\/gateway-api-v1\.4\.1\.json$/,
    () => edit("vendor/gateway-api-v1.4.1.json", "HTTPRoute", "GRPCRoute"),
  ],
  [
    "a vendored release that is gone",
    /^kind vendor\/gateway-api-v1\.4\.1\.json$/,
    () => fs.rmSync("vendor/gateway-api-v1.4.1.json"),
  ],
  [
    "the day of the last commit, on which a waiver has run out",
    /^commitDay envs$/,
    () => commitOn("2027-02-01"),
  ],
];

test("nothing changed: nothing is made, and the same is told", async () => {
  const record = recordOf();
  const again = await run();

  expect(again).toEqual({ ...first(), unchanged: true });
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
    "envs/dev/us-west-2.adopt.yaml",
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
  const moved = `${process.cwd()}-moved`;
  fs.renameSync(process.cwd(), moved);
  process.chdir(moved);

  expect(await run()).toEqual({ ...first(), unchanged: true });
});

test.each<[string, (text: string) => string]>([
  ["misses a part", (text) => text.replace(/^ "stacks": \[/m, ' "others": [')],
  ["was merged from two, line by line", (text) => text.replace(/("answer": ")[0-9a-f]/, "$1x")],
  ["is cut off", (text) => text.slice(0, 500)],
])("a record that %s is of no run", async (_how, change) => {
  const runs = "out/.octarine/runs";
  for (const name of fs.readdirSync(runs)) {
    const text = fs.readFileSync(`${runs}/${name}`, "utf8");
    fs.writeFileSync(`${runs}/${name}`, change(text));
  }

  expect((await run()).unchanged).toBe(false);
});

test("variables by which cdktf writes something else change nothing", async () => {
  const variables = { SYNTH_HCL_OUTPUT: "true", CDKTF_CONTEXT_JSON: '{"excludeStackIdFromLogicalIds":true}' };
  Object.assign(process.env, variables);
  try {
    await run({ out: "others" });
    expect(process.env).toMatchObject(variables);
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }

  expect(contents("others")).toEqual(contents("out"));
});
