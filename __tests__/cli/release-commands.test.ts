import { spawnSync } from "node:child_process";
import path from "node:path";
import { aFolder, BASE_YAML } from "../support/fixtures";

const root = path.join(__dirname, "..", "..");
const project = aFolder({
  "cdktf.json": "{}",
  "envs/dev/us-east-1.yaml":
    BASE_YAML.replace('"2026.11"', '"2025.09"') + "cluster: { supportPolicy: extended }\n",
});

function octarine(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "bin", "octarine.mjs"), ...args],
    { cwd: project, encoding: "utf8", input: "", timeout: 60_000 },
  );
  return { status, stdout, stderr };
}

beforeAll(() => octarine("--help"), 60_000);

test.each<[string, string[], number, string]>([
  [
    "an unknown release",
    ["release", "show", "2026.12"],
    2,
    "2026.12 is not a release; did you mean 2026.11?",
  ],
  ["an unknown release to go to", ["upgrade", "dev/us-east-1", "--to", "2026"], 2, "2026 is not a release"],
  [
    "options of an upgrade that is not carried out",
    ["upgrade", "dev/us-east-1", "--to", "2026.11", "--yes", "--wait", "5"],
    2,
    "--yes and --wait have no effect without --apply; add it, or remove them",
  ],
  [
    "an upgrade that asks where nobody answers",
    ["upgrade", "dev/us-east-1", "--to", "2026.11", "--apply"],
    2,
    "upgrade --apply asks before each stack, and nobody can answer here; add --yes",
  ],
  ["an upgrade to nowhere", ["upgrade", "dev/us-east-1"], 2, "required option '--to <release>'"],
  [
    "a time that is none",
    ["release", "refresh", "--timeout", "soon"],
    2,
    "write a number of seconds above 0",
  ],
])("refuses %s", (_, args, status, message) => {
  const run = octarine(...args);
  expect([run.status, run.stdout]).toEqual([status, ""]);
  expect(run.stderr).toContain(message);
});

test("release list says how long each is supported", () => {
  expect(octarine("release", "list").stdout).toContain("extended, until 2027-07-29");
  const rows = JSON.parse(octarine("release", "list", "--json").stdout) as { release: string }[];
  expect(rows.map(({ release }) => release)).toEqual(["2025.09", "2026.11"]);
});

test("release diff shows the differences, or says that there are none", () => {
  const changes = JSON.parse(octarine("release", "diff", "2025.09", "2026.11", "--json").stdout) as object[];
  expect(changes).toContainEqual({ component: "cilium", from: "1.18.12", to: "1.19.6" });
  expect(octarine("release", "diff", "2026.11", "2026.11").stdout).toBe(
    "2026.11 and 2026.11: no difference\n",
  );
});

test("upgrade shows the next hop of a target", () => {
  const { stdout, status } = octarine("upgrade", "dev/us-east-1", "--to", "2026.11");
  expect(status).toBe(0);
  expect(stdout).toContain("Hop 1: release 2026.11, Kubernetes 1.33");
});
