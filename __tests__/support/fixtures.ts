import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { mergeLayers } from "../../src/config/read/merge-layers";
import { toPlain } from "../../src/config/read/source-node";
import { parseYaml } from "../../src/config/read/parse-yaml";
import { targetSchema } from "../../src/config/schema/target";
import { describeTarget, type Target } from "../../src/model/target";
import { releases } from "../../src/releases/releases";
import { EXAMPLE_YAML } from "../../src/testing/example-target";

/** A small valid target; a test lays over it only what it is about. */
export const BASE_YAML = EXAMPLE_YAML;

export interface TargetOptions {
  readonly environment?: string;
  readonly region?: string;
}

/** A target from the base and the YAML given, without the checks that `loadFleet` makes. */
export function aTarget(
  yaml = "",
  { environment = "dev", region = "us-east-1" }: TargetOptions = {},
): Target {
  const base = parseYaml(BASE_YAML, "base.yaml").root;
  const source = mergeLayers([base, parseYaml(yaml, "target.yaml").root]).root;
  const config = targetSchema.parse(toPlain(source));
  return describeTarget({
    environment,
    region,
    config,
    release: releases[config.release],
    source,
    file: "target.yaml",
  });
}

/** Writes files below a new folder that jest's process leaves behind in the system's temporary folder. */
export function aFolder(files: Readonly<Record<string, string>>): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-test-"));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), text);
  }
  return dir;
}
