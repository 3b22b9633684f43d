import fs from "node:fs";
import { contents } from "../support/output-bundle";
import { runCommand } from "../support/run-command";
import { inSynthesizedProject } from "../support/synthesized-project";

// A folder of its own for what the program writes, whose code is not the one that the project was synthesized with.
inSynthesizedProject();
const CNI = "stacks/dev-us-east-1-cni/cdk.tf.json";

test("--check says nothing of a folder that is what would be written", async () => {
  const { output, exitCode } = await runCommand("synth", "--check", "--out", "out");

  expect([exitCode, output]).toEqual([0, "out is what synth writes: 13 stacks\n"]);
});

test("--check says which files are not what would be written, and writes nothing", async () => {
  fs.appendFileSync(`out/${CNI}`, " ");
  fs.rmSync("out/stacks/dev-us-east-1-network", { recursive: true });
  fs.appendFileSync("out/manifest.json", "\n");
  const before = contents("out");

  const { output, exitCode } = await runCommand("synth", "--check", "--out", "out");
  const json = await runCommand("synth", "--check", "--out", "out", "--json");

  expect([exitCode, json.exitCode]).toEqual([1, 1]);
  expect(output.split("\n").map((line) => line.trim())).toEqual([
    "different  manifest.json",
    `different  ${CNI}`,
    "missing    stacks/dev-us-east-1-network/cdk.tf.json",
    "3 files of out would change; run npx octarine synth",
    "",
  ]);
  expect(JSON.parse(json.output)).toEqual([
    { file: "manifest.json", is: "different" },
    { file: CNI, is: "different" },
    { file: "stacks/dev-us-east-1-network/cdk.tf.json", is: "missing" },
  ]);
  expect(contents("out")).toEqual(before);
});

test("--check says which files of somebody's Terraform would read beside a stack's own", async () => {
  const folder = "out/stacks/dev-us-east-1-network";
  for (const name of ["more.tf", "more.tf.json", "more.tofu", "x.auto.tfvars", "terraform.tfvars.json"])
    fs.writeFileSync(`${folder}/${name}`, "");
  for (const name of ["notes.md", "octarine_offline_override.tf.json", ".terraform.lock.hcl", "x.tfvars"])
    fs.writeFileSync(`${folder}/${name}`, "");

  const { output, exitCode } = await runCommand("synth", "--check", "--out", "out");

  expect(exitCode).toBe(1);
  expect(output.split("\n").map((line) => line.trim().replace(/ +/g, " "))).toEqual([
    ...["more.tf", "more.tf.json", "more.tofu", "terraform.tfvars.json", "x.auto.tfvars"].map(
      (name) => `foreign stacks/dev-us-east-1-network/${name}`,
    ),
    "5 files of out would be read by Terraform, and a synthesis leaves what it did not write; move or remove what is foreign",
    "",
  ]);
});

test("--check says which stacks nothing makes any more, and that there is nothing yet", async () => {
  fs.rmSync("envs/dev/workloads", { recursive: true });
  fs.rmSync("envs/workloads", { recursive: true });

  const gone = await runCommand("synth", "--check", "--out", "out", "--json");
  const none = await runCommand("synth", "--check", "--out", "none", "--json");

  expect(JSON.parse(gone.output)).toEqual(
    expect.arrayContaining([
      { file: "stacks/dev-us-east-1-workloads", is: "unexpected" },
      { file: "stacks/dev-us-west-2-workloads", is: "unexpected" },
    ]),
  );
  expect(JSON.parse(none.output)).toContainEqual({ file: "manifest.json", is: "missing" });
  expect(fs.existsSync("none")).toBe(false);
});

test.each<[string[], string]>([
  [["--shard", "0/3"], "write the part and how many there are, for example 2/3"],
  [["--merge", "a", "b", "--check"], "leave targets and other options but --out out"],
])("synth %j is refused", async (args, message) => {
  const errors: string[] = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => (errors.push(String(text)), true));

  await expect(
    runCommand("synth", ...args).catch((error: unknown) => Promise.reject(new Error(`${String(error)}`))),
  ).rejects.toThrow(message);
});

test("parts are merged by the command", async () => {
  await runCommand("synth", "--shard", "1/2", "--out", "part1");
  await runCommand("synth", "--shard", "2/2", "--out", "part2");

  const { output } = await runCommand("synth", "--merge", "part1", "part2", "--out", "merged");

  expect(output).toBe("13 stacks of 2 parts in merged\n");
  expect(contents("merged")).toEqual(contents("out"));
});
