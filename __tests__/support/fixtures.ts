import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { mergeLayers } from "../../src/config/read/merge-layers";
import { toPlain } from "../../src/config/read/source-node";
import { parseYaml } from "../../src/config/read/parse-yaml";
import { targetSchema } from "../../src/config/schema/target";
import { describeTarget, type Target } from "../../src/model/target";
import { releases } from "../../src/releases/releases";

/** A small valid target; a test lays over it only what it is about. */
export const BASE_YAML = `
release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b, us-east-1c]
cni: { kind: cilium-eni }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } }
`;

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
