import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { RenderIndex } from "../../../src/cli/render/write-rendered";
import { aFolder, BASE_YAML } from "../../support/fixtures";

const root = path.join(__dirname, "..", "..", "..");

/** Prints a Deployment whose image is named after the chart, below the mirror; knows no external-secrets. */
const FAKE_HELM = `#!/usr/bin/env node
const [, name, chart] = process.argv.slice(2);
if (name === "external-secrets") {
  console.error("WARNING: a remark\\nError: no external-secrets today");
  process.exit(1);
}
console.log(JSON.stringify({ kind: "Deployment", spec: { image: "mirror.example.com/quay.io/charts/" + chart.split("/").pop() + ":1" } }));
`;
const project = aFolder({
  "bin/helm": FAKE_HELM,
  "envs/dev/us-east-1.yaml": `${BASE_YAML}images: { mirror: mirror.example.com }
secrets: { delivery: both, stores: { app: { paths: [prod/], namespaces: [app] } } }
`,
});
fs.chmodSync(path.join(project, "bin", "helm"), 0o755);

function octarine(withHelm: boolean, ...args: string[]) {
  const node = path.dirname(process.execPath);
  const PATH = withHelm ? `${path.join(project, "bin")}:${node}` : aFolder({});
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "bin", "octarine.mjs"), ...args],
    {
      cwd: project,
      env: { ...process.env, PATH },
      encoding: "utf8",
      input: "",
      timeout: 60_000,
    },
  );
  return { status, stdout, stderr };
}

beforeAll(() => octarine(false, "--help"), 60_000);

test("render writes a file for each release, and what could not be rendered, with its reason", () => {
  const run = octarine(true, "render", "dev/us-east-1", "--out", "out");

  expect(run.status).toBe(1);
  expect(run.stderr).toContain("external-secrets: Error: no external-secrets today");
  const out = path.join(project, "out", "dev-us-east-1");
  expect(fs.readFileSync(path.join(out, "dev-us-east-1-cni", "cilium.yaml"), "utf8")).toContain("Deployment");
  const index = JSON.parse(fs.readFileSync(path.join(out, "index.json"), "utf8")) as RenderIndex;
  expect(index.kubernetes).toBe("1.35");
  expect(index.releases.find(({ release }) => release === "cilium")).toMatchObject({
    stack: "dev-us-east-1-cni",
    chart: "cilium 1.19.6",
    file: "dev-us-east-1-cni/cilium.yaml",
  });
  expect(index.placeholders["after-apply-1"]).toContain("terraform_remote_state");
  const { length } = index.releases;
  expect(run.stdout).toContain(`${length - 1} releases of ${length} in out/dev-us-east-1`);
});

test("images names each with its mirror, and what is not known", () => {
  const run = octarine(true, "images", "dev/us-east-1", "--json");

  expect(run.status).toBe(1);
  const { images, unknown } = JSON.parse(run.stdout) as { images: unknown[]; unknown: unknown[] };
  expect(images).toContainEqual({
    source: "quay.io/charts/cilium:1",
    mirror: "mirror.example.com/quay.io/charts/cilium:1",
    mirrored: true,
    releases: ["cilium"],
  });
  expect(unknown).toEqual([{ release: "external-secrets", why: "Error: no external-secrets today" }]);
});

test("without Helm nothing is invented", () => {
  const run = octarine(false, "images", "dev/us-east-1");

  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(/^0 images of Helm releases; the images of \d releases are unknown/m);
  expect(run.stderr).toMatch(/unknown: cilium.*: helm is not on the PATH; install Helm 3/);
});

test("images writes the commands that fill the mirror, and says what they lack", () => {
  const run = octarine(true, "images", "dev/us-east-1", "--copy", "crane");

  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(/^#!\/bin\/sh\n/);
  expect(run.stdout).toContain("\n# Not in here: images of external-secrets.\n");
  expect(run.stdout).toContain(
    "\ncrane copy quay.io/charts/cilium:1 mirror.example.com/quay.io/charts/cilium:1\n",
  );
  expect(run.stderr).toContain("unknown: external-secrets");
  expect(run.stderr).toMatch(/warning: \d+ images? without a digest/);
});

test("images --copy needs a mirror, and one of the known tools", () => {
  fs.mkdirSync(path.join(project, "envs", "bare"), { recursive: true });
  fs.writeFileSync(path.join(project, "envs", "bare", "us-east-1.yaml"), BASE_YAML);

  const bare = octarine(true, "images", "bare/us-east-1", "--copy", "crane");
  const podman = octarine(true, "images", "dev/us-east-1", "--copy", "podman");
  fs.rmSync(path.join(project, "envs", "bare"), { recursive: true });

  expect(bare.status).toBe(2);
  expect(bare.stderr).toContain("bare/us-east-1 has no images.mirror to fill");
  expect(podman.status).toBe(2);
  expect(podman.stderr).toContain("Allowed choices are crane, skopeo, docker");
});
