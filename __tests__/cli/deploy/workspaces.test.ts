import fs from "node:fs";
import path from "node:path";
import { aFolder, aTarget } from "../../support/fixtures";

/** In place of Terraform: answers from files of its folder, and keeps what it was asked. */
const FAKE = `#!/bin/sh
echo "\${TF_WORKSPACE:-none}: $*" >> "\${0%/*}/asked"
cat "\${0%/*}/$1-list" 2>/dev/null
`;
const folder = aFolder({ terraform: FAKE });
fs.chmodSync(path.join(folder, "terraform"), 0o755);
afterAll(() => fs.rmSync(folder, { recursive: true }));

const target = aTarget();
const OUT_DIR = path.join(folder, "out");
fs.mkdirSync(path.join(OUT_DIR, "stacks", "dev-us-east-1-network"), { recursive: true });

/** Whether the network was applied, by what Terraform lists, and what it was asked. */
async function applied(workspaces: string, resources: string): Promise<{ result: boolean; asked: string[] }> {
  fs.writeFileSync(path.join(folder, "workspace-list"), workspaces);
  fs.writeFileSync(path.join(folder, "state-list"), resources);
  fs.rmSync(path.join(folder, "asked"), { force: true });
  // The binary's name is read when the module is.
  process.env.TERRAFORM_BINARY_NAME = path.join(folder, "terraform");
  const { wasApplied } = await import("../../../src/cli/deploy/workspaces");
  const result = wasApplied(OUT_DIR, target, "network");
  return { result, asked: fs.readFileSync(path.join(folder, "asked"), "utf8").trim().split("\n") };
}

const LIST = "none: workspace list -no-color";

test("a stack whose workspace is not there was not applied, and its state is not asked for: that would make one", async () => {
  expect(await applied("* default\n  dev-us-east-10\n", "aws_vpc.x\n")).toEqual({
    result: false,
    asked: [LIST],
  });
});

test.each([
  ["an empty state", "\n", false],
  ["resources", "aws_vpc.x\n", true],
])("a workspace with %s", async (_name, resources, result) => {
  for (const workspaces of ["  default\n* dev-us-east-1\n", "* default\n  dev-us-east-1\n\n"]) {
    expect(await applied(workspaces, resources)).toEqual({
      result,
      asked: [LIST, "dev-us-east-1: state list"],
    });
  }
});
