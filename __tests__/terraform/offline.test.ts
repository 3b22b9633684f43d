import fs from "node:fs";
import path from "node:path";
import { AwsEmulator } from "../support/aws-emulator";
import { BUCKET, Project } from "../support/deploy-project";
import { missingProgram, testUnless } from "../support/missing-tools";
import { missingOfflineTerraform, OfflineTerraform, root } from "../support/offline-terraform";
import { noNamespaces, WithoutRoute } from "../support/without-route";

const MINUTES = 60_000;

testUnless(
  missingOfflineTerraform() ?? noNamespaces() ?? missingProgram("ip", "-V"),
  "deploys a target from a bundle in a network namespace without a route, and refuses the bundle once a file is another",
  async () => {
    const [terraform, aws] = [await OfflineTerraform.start(), new AwsEmulator()];
    const { HTTP_PROXY: proxy = "", ...awsEnv } = await aws.start();
    const project = new Project(terraform, {});
    const alone = await WithoutRoute.start(terraform.dir, proxy);
    const octarine = [path.join(root, "bin", "octarine.mjs")];
    const inside = (...args: string[]) =>
      alone.run(process.execPath, [...octarine, ...args], project.dir, awsEnv);
    try {
      expect((await alone.run("ip", ["route", "show", "table", "all"], project.dir, {})).output).not.toMatch(
        /default|dev (?!lo)/,
      );
      writeChart(path.join(project.dir, "charts"));

      const first = await project.octarine(...bundling(terraform));
      expect(first.output).toMatch(/bundle: 6 providers, 3 modules, 1 chart, 0 images of 1 target/);
      const bundle = path.join(project.dir, "bundle");
      const before = fs.readFileSync(path.join(bundle, "manifest.json"), "utf8");
      const times = timesOf(bundle);

      // Nothing is fetched again, not even asked for: there is no registry any more.
      terraform.end();
      expect((await project.octarine(...bundling(terraform))).output).toContain("bundle: 6 providers");
      expect(fs.readFileSync(path.join(bundle, "manifest.json"), "utf8")).toBe(before);
      expect(timesOf(bundle)).toEqual(times);

      const deploy = ["deploy", "test/us-east-1", "--yes", "--skip-reach-check"];
      const online = await inside(...deploy);
      expect(online.status).toBe(1);
      expect(online.output).toMatch(/registry\.(terraform\.io|opentofu\.org)/);
      expect(aws.keys(BUCKET)).toEqual([]);

      const deployed = await inside(...deploy, "--offline", "bundle");
      expect(deployed.output).toContain("test/us-east-1: deployed 4 stacks");
      expect(aws.keys(BUCKET)).toHaveLength(4);
      const state = aws.objects.get(`${BUCKET}/env:/test-us-east-1/octarine/test-us-east-1/cni.tfstate`);
      expect(state?.toString()).toContain('"chart": ".terraform/charts/cilium-1.19.6"');

      const again = await inside("plan", "test/us-east-1", "--skip-reach-check", "--offline", "bundle");
      expect(again.output.match(/No changes\. Your infrastructure matches/g)).toHaveLength(4);

      const file = times.map(([name]) => name).find((name) => name.startsWith("modules/")) ?? "";
      fs.appendFileSync(path.join(bundle, file), "\n");
      const refused = await inside("plan", "test/us-east-1", "--skip-reach-check", "--offline", "bundle");
      expect(refused.status).toBe(1);
      expect(refused.output).toContain(
        `${path.basename(file)} is not the file that the bundle was made with`,
      );
    } finally {
      alone.stop();
      await aws.stop();
      terraform.stop();
    }
  },
  10 * MINUTES,
);

const bundling = ({ mirror }: OfflineTerraform): string[] =>
  [
    ["bundle", "test/us-east-1", "--out", "bundle"],
    ["--charts", "charts", "--providers", mirror],
  ].flat();

/** The target's chart, as a folder: the provider that stands in for Helm's reads none. */
function writeChart(dir: string): void {
  const folder = path.join(dir, "cilium-1.19.6");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "Chart.yaml"), "apiVersion: v2\nname: cilium\nversion: 1.19.6\n");
}

function timesOf(dir: string): readonly (readonly [string, number])[] {
  return fs
    .readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter(
      (file) => /^(providers|modules|charts)\//.test(file) && fs.statSync(path.join(dir, file)).isFile(),
    )
    .map((file) => [file, fs.statSync(path.join(dir, file)).mtimeMs]);
}
