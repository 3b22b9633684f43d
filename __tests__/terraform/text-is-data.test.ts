import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { aFolder, aTarget } from "../support/fixtures";
import { hostile, hostileTargets } from "../support/hostile-text";
import { missingTerraform, testUnless } from "../support/missing-tools";
import { synthTarget } from "../support/synth";

/** Texts of synthesized stacks that hold one from the config, and no expression of ours that needs more than themselves. */
function hostileTexts(json: unknown): string[] {
  if (typeof json === "string") return json.includes("octarine_") && !/(?<!\$)\$\{/.test(json) ? [json] : [];
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [...hostileTexts(key), ...hostileTexts(value)]);
}

testUnless(
  missingTerraform(),
  "the real Terraform reads hostile texts of a config as they were written",
  () => {
    const texts = Object.values(hostileTargets()).flatMap((yaml) =>
      Object.values(synthTarget(aTarget(yaml))).flatMap((stack) => hostileTexts(JSON.parse(stack))),
    );
    const output = Object.fromEntries(texts.map((value, index) => [`text_${index}`, { value }]));
    const dir = aFolder({ "main.tf.json": JSON.stringify({ output }) });
    // OpenTofu says on standard output, before the JSON, that a configuration of its own is not there.
    const env = { ...process.env, TF_CLI_CONFIG_FILE: "" };
    const terraform = (...args: string[]) =>
      spawnSync(terraformBinary(), [`-chdir=${dir}`, ...args], { encoding: "utf8", env, maxBuffer: 1 << 26 });

    expect(texts.length).toBeGreaterThan(5);
    expect(terraform("init", "-input=false").status).toBe(0);
    const applied = terraform("apply", "-auto-approve", "-input=false", "-no-color");
    expect(applied.status).toBe(0);

    const shown = JSON.parse(terraform("output", "-json").stdout) as Record<string, { value: string }>;
    const read = Object.values(shown).map(({ value }) => value);
    // Helm's values are JSON in a text; quotes and backslashes are not what this is about.
    const written = read.join("\n").matchAll(/\$\{octarine_(\d+)\}%\{octarine_\d+\}\$\$\{kept_\d+\}/g);
    const found = [...written].map(([text, index]) => [text, hostile(Number(index))]);
    expect(found.length).toBeGreaterThan(5);
    for (const [text, expected] of found) expect(text).toBe(expected);
    fs.rmSync(path.resolve(dir), { recursive: true });
  },
  120_000,
);
