import fs from "node:fs";
import path from "node:path";
import { aFolder } from "./fixtures";

const SCRIPT = `#!/bin/sh
echo "\${TF_WORKSPACE:-none}: $*" >> "\${0%/*}/asked"
cat "\${0%/*}/$1" 2>/dev/null
[ ! -f "\${0%/*}/$1.refused" ] || { cat "\${0%/*}/$1.refused" >&2; exit 1; }
[ ! -f "\${0%/*}/$1.changes" ] || exit 2
`;

/** In place of Terraform, for this file of tests: prints what it was given for a command, and keeps what it was asked. */
export class FakeTerraform {
  private readonly folder = aFolder({ terraform: SCRIPT });

  constructor() {
    const binary = path.join(this.folder, "terraform");
    fs.chmodSync(binary, 0o755);
    process.env.TERRAFORM_BINARY_NAME = binary;
  }

  /** What a command such as `output` prints from now on, and forgets what it was asked. */
  prints(answers: Readonly<Record<string, string>>): void {
    for (const [command, text] of Object.entries(answers))
      fs.writeFileSync(path.join(this.folder, command), text);
    fs.rmSync(path.join(this.folder, "asked"), { force: true });
  }

  /** A command fails from now on, and says why; undefined: it no longer does. */
  refuses(command: string, why: string | undefined): void {
    const file = path.join(this.folder, `${command}.refused`);
    if (why === undefined) fs.rmSync(file, { force: true });
    else fs.writeFileSync(file, why);
  }

  /** Every plan has changes from now on, or has none. */
  plansChanges(has: boolean): void {
    const file = path.join(this.folder, "plan.changes");
    if (has) fs.writeFileSync(file, "");
    else fs.rmSync(file, { force: true });
  }

  /** `<workspace>: <arguments>` of each run, in order. */
  asked(): string[] {
    return fs.readFileSync(path.join(this.folder, "asked"), "utf8").trim().split("\n");
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** Runs the tests of a file in a project's folder of their own, with a stand-in for Terraform. */
export function inProjectWithFakeTerraform(): FakeTerraform {
  const terraform = new FakeTerraform();
  const folder = aFolder({ "cdktf.json": "{}" });
  const before = process.cwd();
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(before);
    terraform.remove();
    fs.rmSync(folder, { recursive: true });
  });
  return terraform;
}
