import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { TerraformStack } from "cdktf";
import { unwrittenApp } from "../../src/synth/unwritten-app";

test("stacks that are only read leave nothing behind, where the command was called or elsewhere", () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-unwritten-"));
  const temporary = process.env.TMPDIR;
  const from = process.cwd();
  try {
    process.env.TMPDIR = path.join(dir, "tmp");
    fs.mkdirSync(process.env.TMPDIR);
    process.chdir(dir);
    const stack = new TerraformStack(unwrittenApp(), "read");

    expect(stack.toTerraform()).toHaveProperty("//");
    expect(fs.readdirSync(dir, { recursive: true })).toEqual(["tmp"]);
  } finally {
    process.chdir(from);
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
    fs.rmSync(dir, { recursive: true });
  }
});
