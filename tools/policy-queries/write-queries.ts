/**
 * write-queries.ts FOLDER [ENVS]: for every target whose pods are under policies, FOLDER/<workspace>.yaml with the calls that
 * it declares, those that it does not, and what all pods need; each with the answer that it must have. For a program that
 * knows the answers of the engines themselves (CONTRIBUTING.md).
 */
import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { loadFleet } from "../../src/fleet/load-fleet";
import { isClosed } from "../../src/model/namespaces";
import { policyQueries } from "./queries";

const [folder, envs = "envs"] = process.argv.slice(2);
if (folder === undefined) throw new Error("write-queries.ts FOLDER [ENVS]");
fs.mkdirSync(folder, { recursive: true });
for (const target of loadFleet(envs).targets) {
  const { config, workspace } = target;
  if (!Object.keys(config.namespaces).some((name) => isClosed(target, name))) continue;
  const file = path.join(folder, `${workspace}.yaml`);
  fs.writeFileSync(file, stringify(policyQueries(target)));
  process.stdout.write(`${file}\n`);
}
