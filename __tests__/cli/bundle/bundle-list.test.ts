import path from "node:path";
import { runCommand } from "../../support/run-command";

const root = path.join(__dirname, "..", "..", "..");
const envs = ["--envs", path.join(root, "envs")];

test("the list of a target names everything that its deployment downloads", async () => {
  const { output, remarks, exitCode } = await runCommand(...envs, "bundle", "dev/us-east-1", "--list");

  expect(exitCode).toBe(0);
  expect(output).toMatch(/^ {2}hashicorp\/aws +6\.25\.0$/m);
  expect(output).toMatch(
    /^ {2}terraform-aws-modules\/kms\/aws +4\.0\.0 +called by terraform-aws-modules\/eks\/aws 21\.11\.0$/m,
  );
  expect(output).toMatch(/^ {2}cilium +1\.19\.6 +https:\/\/helm\.cilium\.io$/m);
  expect(output).toContain("1 target: 7 providers, 4 modules, ");
  // No chart is fetched to know of images.
  expect(remarks).toContain("its images are known by its chart; give a folder of charts with --charts");
});

test("several targets make one list, for the platforms named", async () => {
  const platforms = ["--platform", "linux_arm64", "--platform", "darwin_arm64"];
  const { output } = await runCommand(...envs, "bundle", "dev", "prod", "--list", "--json", ...platforms);
  const list = JSON.parse(output) as { targets: string[]; platforms: string[]; charts: { name: string }[] };

  expect(list.targets).toEqual(["dev/us-east-1", "prod/eu-west-1", "prod/us-east-1", "prod/us-west-2"]);
  expect(list.platforms).toEqual(["linux_arm64", "darwin_arm64"]);
  expect(list.charts.filter(({ name }) => name === "cilium")).toHaveLength(1);
  expect(list.charts.map(({ name }) => name)).toContain("istiod");
});

test("a folder of charts that lacks one is told, and the images of that release are not known", async () => {
  const run = runCommand(...envs, "bundle", "dev/us-east-1", "--charts", path.join(root, "docs"));
  const { remarks, exitCode } = await run;

  expect(exitCode).toBe(1);
  expect(remarks).toContain("no cilium 1.19.6 in ");
});

test("a platform that is not one is refused", async () => {
  await expect(runCommand(...envs, "bundle", "dev", "--platform", "linux")).rejects.toThrow(
    "write the system and the processor, for example linux_amd64",
  );
});
