import fs from "node:fs";
import path from "node:path";
import { filesBelow, sha256Of } from "../../../src/bundle/files";
import { type BundleManifest, manifestText } from "../../../src/bundle/manifest";
import { dropLaid, layStacks } from "../../../src/cli/offline/after-synth";
import { layStack } from "../../../src/cli/offline/lay-stack";
import { openBundle } from "../../../src/cli/offline/open-bundle";
import { aFolder } from "../../support/fixtures";

const STACK = {
  terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
  module: { network_vpc: { source: "ns/vpc/aws", version: "6.5.1" } },
  resource: {
    helm_release: {
      cilium_release: { repository: "https://helm.cilium.io", chart: "cilium", version: "1.19.6" },
    },
  },
};

function aBundle(changed: Partial<BundleManifest> = {}): string {
  const vpc = "modules/registry.terraform.io/ns/vpc/aws/6.5.1";
  const dir = aFolder({ [`${vpc}/main.tf`]: "# vpc\n", "charts/cilium-1.19.6.tgz": "chart" });
  const files = Object.fromEntries(filesBelow(dir).map((file) => [file, sha256Of(path.join(dir, file))]));
  const manifest: BundleManifest = {
    format: 1,
    complete: true,
    program: { name: "Terraform", version: "1.11.4" },
    targets: ["dev/us-east-1"],
    platforms: ["linux_amd64"],
    providers: [
      { source: "registry.terraform.io/hashicorp/aws", version: "6.25.0", hashes: ["h1:aGFzaA=="] },
    ],
    modules: [
      {
        source: "ns/vpc/aws",
        version: "6.5.1",
        records: [
          {
            key: "",
            source: "registry.terraform.io/ns/vpc/aws",
            version: "6.5.1",
            package: vpc,
            folder: vpc,
          },
        ],
      },
    ],
    charts: [
      {
        repository: "https://helm.cilium.io",
        name: "cilium",
        version: "1.19.6",
        file: "charts/cilium-1.19.6.tgz",
      },
    ],
    files,
    ...changed,
  };
  fs.writeFileSync(path.join(dir, "manifest.json"), manifestText(manifest));
  return dir;
}

const open = (dir: string) => openBundle(dir, "linux_amd64");
const stackFolder = () => aFolder({ "cdk.tf.json": JSON.stringify(STACK), "terraform.log": "mine" });

test("a stack's folder gets modules, lock file, charts and a CLI configuration, and its JSON stays", () => {
  const cwd = stackFolder();
  const bundle = aBundle();
  const config = layStack(cwd, open(bundle));

  expect(filesBelow(cwd)).toEqual([
    ".terraform.lock.hcl",
    ".terraform/charts/cilium-1.19.6.tgz",
    ".terraform/modules/modules.json",
    ".terraform/modules/network_vpc/main.tf",
    ".terraform/offline.tfrc",
    "cdk.tf.json",
    "octarine_offline_override.tf.json",
    "terraform.log",
  ]);
  expect(fs.readFileSync(path.join(cwd, "cdk.tf.json"), "utf8")).toBe(JSON.stringify(STACK));
  const text = fs.readFileSync(config, "utf8");
  expect(text).toContain(`path = "${bundle}/providers"`);
  expect(text).not.toContain("direct");
});

test("laid twice it is the same, and what lay there of another bundle is gone", () => {
  const cwd = stackFolder();
  fs.mkdirSync(path.join(cwd, ".terraform/modules/old"), { recursive: true });
  fs.mkdirSync(path.join(cwd, ".terraform/charts"), { recursive: true });
  fs.writeFileSync(path.join(cwd, ".terraform/charts/cilium-1.18.0.tgz"), "old");
  const bundle = open(aBundle());
  layStack(cwd, bundle);
  const first = filesBelow(cwd);
  layStack(cwd, bundle);

  expect(filesBelow(cwd)).toEqual(first);
  expect(first.filter((file) => /old|1\.18/.test(file))).toEqual([]);
});

test.each<[string, Partial<BundleManifest>, string]>([
  ["a provider", { providers: [] }, "has no provider hashicorp/aws 6.25.0"],
  ["a module", { modules: [] }, "has no module ns/vpc/aws 6.5.1"],
  ["a chart", { charts: [] }, "has no chart https://helm.cilium.io/cilium 1.19.6"],
])("a bundle that lacks %s is refused by its name before Terraform looks for it", (_, changed, said) => {
  const cwd = stackFolder();
  const bundle = open(aBundle(changed));
  expect(() => layStack(cwd, bundle)).toThrow(said);
  expect(filesBelow(cwd)).toEqual(["cdk.tf.json", "terraform.log"]);
});

test("a folder that is none, or is not complete, is told how to be made", () => {
  expect(() => open(aFolder({}))).toThrow("is not a bundle; make one with npx octarine bundle TARGET --out");
  expect(() => open(aBundle({ complete: false }))).toThrow("is not complete");
});

describe("a synthesized folder", () => {
  const stacks = [{ id: "dev-us-east-1-network", target: "dev/us-east-1" }];
  const made = () => aFolder({ "stacks/dev-us-east-1-network/cdk.tf.json": JSON.stringify(STACK) });
  const override = (out: string) =>
    path.join(out, "stacks", "dev-us-east-1-network", "octarine_offline_override.tf.json");

  test("keeps a bundle's charts until it is synthesized without one", async () => {
    const out = made();
    await layStacks(out, stacks, open(aBundle()));
    expect(fs.existsSync(override(out))).toBe(true);
    await dropLaid(out, stacks);
    expect(fs.existsSync(override(out))).toBe(false);
  });
});
