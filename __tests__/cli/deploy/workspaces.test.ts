import fs from "node:fs";
import path from "node:path";
import { FakeTerraform } from "../../support/fake-terraform";
import { aFolder, aTarget } from "../../support/fixtures";

const terraform = new FakeTerraform();
const folder = aFolder({});
fs.mkdirSync(path.join(folder, "stacks", "dev-us-east-1-network"), { recursive: true });
afterAll(() => {
  terraform.remove();
  fs.rmSync(folder, { recursive: true });
});

/** Whether the network was applied, by what Terraform lists, and what it was asked. */
async function applied(workspaces: string, resources: string): Promise<{ result: boolean; asked: string[] }> {
  terraform.prints({ workspace: workspaces, state: resources });
  const { wasApplied } = await import("../../../src/cli/deploy/workspaces");
  return { result: await wasApplied(folder, aTarget(), "network"), asked: terraform.asked() };
}

const INIT = "none: init -input=false -no-color -reconfigure";
const LIST = "none: workspace list -no-color";

test("a stack whose workspace is not there was not applied, and its state is not asked for: that would make one", async () => {
  expect(await applied("* default\n  dev-us-east-10\n", "aws_vpc.x\n")).toEqual({
    result: false,
    asked: [INIT, LIST],
  });
});

test.each([
  ["an empty state", "\n", false],
  ["resources", "aws_vpc.x\n", true],
])("a workspace with %s", async (_name, resources, result) => {
  for (const workspaces of ["  default\n* dev-us-east-1\n", "* default\n  dev-us-east-1\n\n"]) {
    expect(await applied(workspaces, resources)).toEqual({
      result,
      asked: [INIT, LIST, "dev-us-east-1: state list"],
    });
  }
});

describe("where init fails", () => {
  afterEach(() => terraform.refuses("init", undefined));

  test("for lack of a bucket, nothing was applied: the environment was never bootstrapped", async () => {
    terraform.refuses("init", 'Error: S3 bucket "acme-dev-state" does not exist.');

    expect(await applied("", "")).toEqual({ result: false, asked: [INIT] });
  });

  test("for another reason, nobody can say, and Terraform's words are handed on", async () => {
    terraform.refuses("init", "Error: No valid credential sources found");

    await expect(applied("", "")).rejects.toThrow(
      "dev-us-east-1-network: its state can't be asked for.\nError: No valid credential sources found",
    );
  });
});

test("a state that can't be read is not taken for empty: what depends on it may exist", async () => {
  terraform.refuses("state", "Error: AccessDenied: kms:Decrypt");

  await expect(applied("  default\n* dev-us-east-1\n", "")).rejects.toThrow(
    "dev-us-east-1-network: terraform state list failed.\nError: AccessDenied: kms:Decrypt",
  );
  terraform.refuses("state", undefined);
});

test("workspaces that can't be listed are not taken for none", async () => {
  terraform.refuses("workspace", "Error: AccessDenied: s3:ListBucket");

  await expect(applied("  default\n* dev-us-east-1\n", "aws_vpc.x\n")).rejects.toThrow(
    "dev-us-east-1-network: terraform workspace list failed.\nError: AccessDenied: s3:ListBucket",
  );
  terraform.refuses("workspace", undefined);
});
