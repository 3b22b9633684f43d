import { spawnSync } from "node:child_process";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";

/** Why a program can't be used here; undefined where it can. */
export function missingProgram(name: string, version = "version"): string | undefined {
  return spawnSync(name, [version]).status === 0 ? undefined : `${name} is not installed`;
}

/** Why the Terraform of TERRAFORM_BINARY_NAME can't be used here. */
export const missingTerraform = (): string | undefined => missingProgram(terraformBinary());

/** `test` for what needs a tool; where that is missing, skipped with the reason printed. */
export function testUnless(
  missing: string | undefined,
  name: string,
  body: (() => void) | (() => Promise<void>),
  timeoutMs?: number,
): void {
  if (missing === undefined) return test(name, body, timeoutMs);
  sayWhySkipped(name, missing);
  test.skip(name, body);
}

/** `describe` with the same manners. */
export function describeUnless(missing: string | undefined, name: string, body: () => void): void {
  if (missing === undefined) return describe(name, body);
  sayWhySkipped(name, missing);
  describe.skip(name, body);
}

function sayWhySkipped(name: string, reason: string): void {
  process.stderr.write(`skipped: ${name}: ${reason}\n`);
}
