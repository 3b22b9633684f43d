import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { atlantisYaml } from "../../src/ci/atlantis";
import { ciOptions } from "../support/ci-files";
import { aFolder, aTarget } from "../support/fixtures";
import { missingTerraform, testUnless } from "../support/missing-tools";
import { root } from "../support/offline-terraform";

const step = z.union([z.string(), z.object({ run: z.object({ command: z.string() }) })]);
const read = z.object({
  workflows: z.object({ octarine: z.record(z.string(), z.object({ steps: z.array(step) })) }),
});

/** Arguments of Atlantis's own steps (runatlantis/atlantis v0.47.1, server/core/runtime, init_ and apply_step_runner.go). */
const OWN: Readonly<Record<string, string>> = {
  init: `${terraformBinary()} init -input=false -upgrade`,
  apply: `${terraformBinary()} apply -input=false "$PLANFILE"`,
};

testUnless(
  missingTerraform(),
  "the steps for Atlantis plan and apply a stack in its target's workspace, again and again",
  () => {
    const { workflows } = read.parse(parse(atlantisYaml({ targets: [aTarget()] }, ciOptions()).text));
    const name = "pre-prod-us-east-1-network";
    const dir = aFolder({
      "cdk.tf.json": JSON.stringify({
        resource: { terraform_data: { where: { input: "${terraform.workspace}" } } },
      }),
    });
    const run = (stage: string) =>
      (workflows.octarine[stage]?.steps ?? []).map((each) => {
        const command = typeof each === "string" ? (OWN[each] ?? "false") : each.run.command;
        const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
          cwd: dir,
          // Of a step, run_step_runner.go: the workspace is that of Atlantis, whose clone it is.
          env: {
            ...process.env,
            PATH: `${npx()}:${process.env.PATH ?? ""}`,
            PROJECT_NAME: name,
            PLANFILE: path.join(dir, `${name}-default.tfplan`),
            WORKSPACE: "default",
            ATLANTIS_TERRAFORM_DISTRIBUTION: terraformBinary(),
            ATLANTIS_TERRAFORM_VERSION: "1.11.4",
          },
          encoding: "utf8",
        });
        return status === 0 ? stdout : `exit ${status}: ${stderr}`;
      });

    for (const [[plan, review] = [], apply] of [
      [run("plan").slice(-2), run("apply").at(-1)],
      [run("plan").slice(-2), run("apply").at(-1)],
    ]) {
      expect(plan).toMatch(/Plan: 1 to add|No changes/);
      expect(review).toMatch(/1 to create|Nothing changes/i);
      expect(fs.existsSync(path.join(dir, "plan.json"))).toBe(false);
      expect(apply).toMatch(/Apply complete!/);
    }
    const states = fs.readdirSync(path.join(dir, "terraform.tfstate.d"));
    expect(states).toEqual(["pre-prod-us-east-1"]);
    expect(fs.existsSync(path.join(dir, "terraform.tfstate"))).toBe(false);
  },
  120_000,
);

/** A folder in which `npx octarine` is the program of this checkout. */
function npx(): string {
  const program = path.join(root, "bin", "octarine.mjs");
  const bin = aFolder({ npx: `#!/bin/sh\nshift\nexec "${process.execPath}" "${program}" "$@"\n` });
  fs.chmodSync(path.join(bin, "npx"), 0o755);
  return bin;
}
