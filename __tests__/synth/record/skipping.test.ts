import fs from "node:fs";
import fc from "fast-check";
import { contents } from "../../support/output-bundle";
import { commitOn, edit, projectOfAllInputs } from "../../support/project-of-all-inputs";
import { inSynthesizedProject } from "../../support/synthesized-project";

const environment = (account: string) => `
account: { id: "${account}" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
cni: { kind: cilium-eni }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 6 } }
`;

const region = (name: string, vpcCidr: string) =>
  `network: { vpcCidr: ${vpcCidr}, zones: [${name}a, ${name}b, ${name}c] }\n`;

/** Beside two targets that are peers of each other: two that share an environment, and one alone. */
function project(): string {
  const dir = projectOfAllInputs();
  const write = (file: string, text: string) => fs.writeFileSync(`${dir}/envs/${file}`, text);
  for (const [name, account] of [
    ["qa", "444455556666"],
    ["test", "777788889999"],
  ] as const) {
    fs.mkdirSync(`${dir}/envs/${name}`);
    write(`${name}/environment.yaml`, environment(account));
    write(`${name}/us-east-1.yaml`, region("us-east-1", "10.4.0.0/16"));
  }
  write("qa/us-west-2.yaml", region("us-west-2", "10.5.0.0/16"));
  return dir;
}

const { run, first, recordOf } = inSynthesizedProject(project);

const DEV = ["dev/us-east-1", "dev/us-west-2"];
const QA = ["qa/us-east-1", "qa/us-west-2"];
const ALL = [...DEV, ...QA, "test/us-east-1"];

type Options = NonNullable<Parameters<typeof run>[0]>;

/** What a run leaves, files and words or an error, and which targets it made. */
async function outcome(options: Options & { readonly out: string }) {
  const made: string[] = [];
  const note = (text: string) => {
    if (text.startsWith("every target is made")) made.push(...ALL);
    made.push(...(/^(\S+) is made:/.exec(text)?.slice(1) ?? []));
  };
  try {
    const { warnings, stacks } = await run({ ...options, note });
    return { made, left: { files: contents(options.out), warnings, stacks } };
  } catch (error) {
    return { made, left: { error: String(error) } };
  }
}

/** Expects that a run leaves what a run that skips nothing leaves, and returns which targets it made. */
async function madeAsFresh(options: Options = {}): Promise<readonly string[]> {
  const { made, left } = await outcome({ out: "out", ...options });
  const fresh = await outcome({ out: "fresh", force: true, ...options });
  expect(left).toEqual(fresh.left);
  if (!("error" in left) && !("program" in options && options.program === undefined)) {
    expect((await run(options)).unchanged).toBe(true);
    // What was not asked again because it was not made is asked by the next run nevertheless.
    const [now, whole] = [recordOf("out"), recordOf("fresh")];
    expect([now.reads, now.inputs]).toEqual([whole.reads, whole.inputs]);
    expect(now.outputs).toEqual(whole.outputs);
  }
  return made;
}

const write = (file: string, text: string) => fs.writeFileSync(file, text);
const NODES = "out/stacks/qa-us-east-1-nodes/cdk.tf.json";
const chartFile = () =>
  fs
    .readdirSync("out/stacks", { recursive: true, encoding: "utf8" })
    .map((name) => `out/stacks/${name}`)
    .find((name) => /\/test-us-east-1-.*\/Chart\.yaml$/.test(name)) ?? "";

test.each<[kind: string, change: () => void, made: readonly string[]]>([
  ["its own file", () => fs.appendFileSync("envs/test/us-east-1.yaml", "# a word\n"), ["test/us-east-1"]],
  [
    "its own file, and what it makes",
    () => edit("envs/test/us-east-1.yaml", "10.4.", "10.6."),
    ["test/us-east-1"],
  ],
  ["the file of a peer", () => edit("envs/dev/us-west-2.yaml", "10.1.0.0/16", "10.2.0.0/16"), DEV],
  [
    "the file of another target of the environment",
    () => edit("envs/qa/us-west-2.yaml", "10.5.", "10.6."),
    QA,
  ],
  ["the layer of an environment", () => edit("envs/qa/environment.yaml", "max: 6", "max: 7"), QA],
  ["the layer of all", () => edit("envs/platform.yaml", "owner: platform", "owner: others"), ALL],
  ["a service of an environment", () => edit("envs/dev/workloads/pay.yaml", "1.0.0", "1.0.1"), DEV],
  ["a service of all environments", () => edit("envs/workloads/shop.yaml", "1.0.0", "1.0.1"), ALL],
  [
    "a further service of an environment",
    () => {
      fs.mkdirSync("envs/qa/workloads");
      fs.cpSync("envs/workloads/shop.yaml", "envs/qa/workloads/shelf.yaml");
    },
    QA,
  ],
  ["a service that is gone", () => fs.rmSync("envs/dev/workloads/pay.yaml"), DEV],
  [
    "a further environment",
    () => fs.cpSync("envs/test", "envs/stage", { recursive: true }),
    ["stage/us-east-1"],
  ],
  ["a target that is gone", () => fs.rmSync("envs/qa/us-west-2.yaml"), ["qa/us-east-1"]],
  ["an environment that is gone", () => fs.rmSync("envs/test", { recursive: true }), ALL],
  ["a peer that is gone", () => fs.rmSync("envs/dev/us-west-2.yaml"), []],
  ["a service control policy", () => edit("scps/audit.json", "StopLogging", "DeleteTrail"), DEV],
  [
    "a service control policy that denies",
    () => edit("scps/audit.json", "cloudtrail:StopLogging", "ec2:CreateVpc"),
    DEV,
  ],
  ["the deploy role's policies", () => write("envs/qa/deploy-policy.json", "{}"), QA],
  [
    "what a target takes over",
    () =>
      write(
        "envs/qa/us-east-1.adopt.yaml",
        'network: { imports: { "module.network_vpc.aws_vpc.this[0]": vpc-1 } }',
      ),
    QA,
  ],
  ["prices", () => write("aws-prices.json", "{ }"), ALL],
  ["prices that are gone", () => fs.rmSync("aws-prices.json"), ALL],
  ["a vendored release", () => edit("vendor/gateway-api-v1.4.1.json", "HTTPRoute", "GRPCRoute"), ALL],
  ["the day on which a waiver has run out", () => commitOn("2027-02-01"), []],
  ["a day on which it has not", () => commitOn("2026-12-02"), []],
  ["a waiver that is gone", () => edit("envs/platform.yaml", "K8S-REPLICAS", "K8S-PROBES"), ALL],
  ["a file that was written, edited", () => fs.appendFileSync(NODES, " "), ["qa/us-east-1"]],
  ["a file that was written, removed", () => fs.rmSync(NODES), ["qa/us-east-1"]],
  [
    "a folder that was written, removed",
    () => fs.rmSync("out/stacks/qa-us-east-1-nodes", { recursive: true }),
    ["qa/us-east-1"],
  ],
  ["a chart that was written, edited", () => fs.appendFileSync(chartFile(), " "), ["test/us-east-1"]],
  ["a file beside a chart", () => write(chartFile().replace("Chart", "values"), ""), ["test/us-east-1"]],
  ["the manifest", () => fs.appendFileSync("out/manifest.json", " "), []],
  ["the manifest, removed", () => fs.rmSync("out/manifest.json"), []],
  ["the record of who made what, removed", () => fs.rmSync("out/.octarine/made.json"), []],
])(
  "where there is another %s, those targets are made that it matters to, and nothing stale is left",
  async (_kind, change, made) => {
    change();

    expect([...(await madeAsFresh())].sort()).toEqual([...made].sort());
  },
);

test.each<[string, Options, readonly string[]]>([
  ["program", { program: "another" }, []],
  ["program that is not known, such as one with an octarine.config.ts", { program: undefined }, ALL],
  ["day", { request: { asOf: "2026-12-01" } }, []],
  ["day, on which a waiver has run out", { request: { asOf: "2027-02-01" } }, []],
])("where there is another %s, nothing stale is left", async (_name, options, made) => {
  expect(await madeAsFresh(options)).toEqual(made);
});

test("of another Node.js nothing is known, and of a record of targets that was edited, or is of another run", async () => {
  const { version } = process;
  Object.defineProperty(process, "version", { value: "v99.0.0" });
  expect((await run()).unchanged).toBe(false);
  Object.defineProperty(process, "version", { value: version });
  await run();

  const file = () => fs.readdirSync("out/.octarine/runs").find((name) => name.endsWith(".targets")) ?? "";
  const path = `out/.octarine/runs/${file()}`;
  const before = fs.readFileSync(path, "utf8");
  for (const text of [before.replace('"findings":[{', '"findings":[],"x":[{'), before.slice(0, 900), ""]) {
    write(path, text);
    fs.appendFileSync("envs/test/us-east-1.yaml", "# a word\n");
    expect(await outcome({ out: "out" })).toMatchObject({ left: { stacks: first()?.stacks } });
  }
  write(path, before);
  fs.appendFileSync("envs/test/us-east-1.yaml", "# a word\n");
  const notes: string[] = [];
  await run({ note: (text) => notes.push(text) });
  expect(notes).toContain("5 of 5 targets are made");
});

test("one file of many targets changed: the others' files are looked at and not read, and none is made", async () => {
  fs.appendFileSync("envs/test/us-east-1.yaml", "# a word\n");
  await run();
  // As if they were written long ago, which stats are believed for.
  const stats = fs.readdirSync("out/.octarine/runs").find((name) => name.endsWith(".stats.json")) ?? "";
  const later = new Date(Date.now() + 60_000);
  fs.utimesSync(`out/.octarine/runs/${stats}`, later, later);
  fs.appendFileSync("envs/test/us-east-1.yaml", "# another\n");
  const read = jest.spyOn(fs, "readFileSync");

  await run();

  const names = read.mock.calls.map(([name]) => String(name));
  read.mockRestore();
  const stacks = names.flatMap((name) => /\/stacks\/([^/]+)\//.exec(name)?.[1] ?? []);
  expect(stacks.filter((id) => !id.startsWith("test-us-east-1-"))).toEqual([]);
  // Each file of the configuration once to see whether it changed, and once for what it says.
  const config = names.filter((name) => name.endsWith("envs/dev/us-east-1.yaml"));
  expect(config.length).toBeLessThanOrEqual(2);
});

describe("any edits, one after the other", () => {
  const files = [
    "envs/platform.yaml",
    ...["dev", "qa", "test"].map((name) => `envs/${name}/environment.yaml`),
    ...ALL.map((name) => `envs/${name}.yaml`),
    "envs/workloads/shop.yaml",
    "envs/dev/workloads/pay.yaml",
    "scps/audit.json",
  ];
  const numbers: readonly (readonly [RegExp, (value: number) => string])[] = [
    [/10\.(\d+)\.0\.0\/16/, (value) => `10.${value}.0.0/16`],
    [/max: (\d+)/, (value) => `max: ${value}`],
    [/replicas: (\d+)/, (value) => `replicas: ${(value % 5) + 1}`],
    [/cpus: 0\.(\d+)/, (value) => `cpus: 0.${value + 1}`],
    [/owner: ([a-z0-9]+)/, (value) => `owner: o${value}`],
  ];
  const anEdit = fc.oneof(
    fc.record({ file: fc.constantFrom(...files), which: fc.nat(4), value: fc.integer({ min: 7, max: 40 }) }),
    fc.record({ output: fc.nat(500) }),
    fc.record({ environment: fc.constantFrom("prod", "stage"), there: fc.boolean() }),
  );
  const apply = (each: typeof anEdit extends fc.Arbitrary<infer Edit> ? Edit : never) => {
    if ("output" in each) {
      const names = Object.keys(contents("out"));
      fs.appendFileSync(`out/${names[each.output % names.length] ?? ""}`, " ");
    } else if ("environment" in each) {
      fs.rmSync(`envs/${each.environment}`, { recursive: true, force: true });
      if (each.there) fs.cpSync("envs/test", `envs/${each.environment}`, { recursive: true });
    } else {
      const text = fs.readFileSync(each.file, "utf8");
      const found = numbers.filter(([pattern]) => pattern.test(text));
      const [pattern, to] = found[each.which % Math.max(1, found.length)] ?? [/$/, () => " "];
      write(each.file, text.replace(pattern, to(each.value)));
    }
  };

  test("leave what a run that skips nothing leaves", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEdit, { minLength: 1, maxLength: 2 }), async (edits) => {
        edits.forEach(apply);
        const now = await outcome({ out: "out" });
        const fresh = await outcome({ out: "fresh", force: true });
        expect(now.left).toEqual(fresh.left);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
