import fs from "node:fs";
import path from "node:path";
import { switchEnvs, switchTargets } from "../../__tests__/support/switches/switch-fleet";

/**
 * Writes the targets of __tests__/synth/switches.test.ts to a folder, so that other checks can have them:
 * tsx tools/switches/write-envs.ts DIR && node bin/octarine.mjs --envs DIR synth --out OUT
 */
const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error("usage: tsx tools/switches/write-envs.ts DIR");
// The values check has no facts about the chart aws-privateca-issuer, which these two take their certificates from.
const targets = switchTargets().filter(({ row }) => row.mesh !== "private-ca" && row.mesh !== "cilium");
for (const [name, text] of Object.entries(switchEnvs(targets))) {
  const file = path.join(dir, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
