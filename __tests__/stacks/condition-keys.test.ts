import path from "node:path";
import { Testing } from "cdktf";
import { actionNames, iamAction } from "../../src/facts/iam-actions";
import { environmentOf } from "../../src/fleet/environment";
import { loadFleet } from "../../src/fleet/load-fleet";
import { policyStatements, statement } from "../../src/guardrails/read/policy-statements";
import { readStack } from "../../src/guardrails/read/read-stack";
import type { Resource } from "../../src/guardrails/resource";
import { entries, isMap, items, texts } from "../../src/values/value";
import { BootstrapStack } from "../../src/stacks/bootstrap/bootstrap-stack";
import { aFolder } from "../support/fixtures";
import { switchEnvs, switchTargets } from "../support/switches/switch-fleet";
import { synth, synthTarget } from "../support/synth";

const root = path.join(__dirname, "..", "..");

/** Keys that AWS puts into requests of all services (IAM User Guide, "AWS global condition context keys"). */
const GLOBAL =
  /^aws:(CalledVia|Principal(Account|Arn|IsAWSService|OrgID)|RequestedRegion|Resource(Account|OrgID)|SecureTransport|Source(Account|Arn))$/;

/**
 * Pairs that never meet, and are as AWS writes them: CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs
 * using AWS KMS", asks for Describe* under the same condition.
 */
const AS_DOCUMENTED = [
  "kms:DescribeKey kms:encryptioncontext:",
  "kms:DescribeCustomKeyStores kms:encryptioncontext:",
];

function statementsOf(json: string, stack: string): Resource[] {
  return readStack(JSON.parse(json), stack).flatMap((resource) => [
    ...(resource.type === "policy-statement" ? [resource] : policyStatements(resource)),
    // What the Karpenter module adds to its own policy.
    ...items(resource.attributes.iam_policy_statements).map((each, index) =>
      statement(resource, "identity", isMap(each) ? each : {}, index),
    ),
  ]);
}

/** Actions of a statement under a condition on a key that requests of theirs do not carry. */
function meetingsMissed({ address, attributes }: Resource): string[] {
  const keys = entries(attributes.conditions)
    .map(([condition]) => condition.split(" ")[1] ?? "")
    .filter((key) => !GLOBAL.test(key) && !/:(aud|sub)$/.test(key))
    .map((key) =>
      key.toLowerCase().replace(/^(kms:encryptioncontext:|aws:(?:request|resource)tag\/).*/, "$1"),
    );
  if (keys.length === 0) return [];
  return texts(attributes.actions).flatMap((action) => {
    const known = carried(action);
    if (known.length === 0)
      return [
        `${action}: AWS has no such action, or its service is not in src/facts/iam-actions.json (${address})`,
      ];
    return known.flatMap(([name, has]) =>
      keys
        .filter((key) => !has.some((each) => each === key || (key.endsWith(":") && each.startsWith(key))))
        .map((key) => `${name} ${key}`)
        .filter((pair) => !AS_DOCUMENTED.includes(pair))
        .map((pair) => `${pair} (${address})`),
    );
  });
}

/** Actions that a pattern stands for, with the keys that requests of theirs carry (src/facts/iam-actions.json). */
function carried(pattern: string): [string, readonly string[]][] {
  const [service = "", name = ""] = pattern.split(":");
  const matches = new RegExp(`^${name.replaceAll("*", ".*")}$`);
  return [...actionNames(service).values()]
    .filter((each) => matches.test(each))
    .map((each): [string, readonly string[]] => {
      const action = iamAction(`${service}:${each}`);
      const keys = [...(action?.keys ?? []), ...(action?.resources ?? []).flatMap((type) => type.keys)];
      return [`${service}:${each}`, keys.map((key) => key.toLowerCase())];
    });
}

const folders: readonly (readonly [string, () => string])[] = [
  ["the samples", () => path.join(root, "envs")],
  [
    "all switches but one",
    () =>
      aFolder(
        switchEnvs(
          switchTargets()
            .filter(({ what }) => what.startsWith("all but"))
            .filter((_, index) => index % 8 === 0),
        ),
      ),
  ],
];

test.each(folders)("calls carry every key that a statement of %s asks them for", (_, folder) => {
  const statements = loadFleet(folder()).targets.flatMap((target) =>
    Object.entries(synthTarget(target)).flatMap(([stack, json]) => statementsOf(json, stack)),
  );

  expect(
    statements.filter(({ attributes }) => entries(attributes.conditions).length > 0).length,
  ).toBeGreaterThan(20);
  expect([...new Set(statements.flatMap(meetingsMissed))]).toEqual([]);
});

test("calls carry every key that a statement of the bootstrap asks them for", () => {
  const environment = environmentOf(loadFleet(path.join(root, "envs")), "prod");
  const json = synth(new BootstrapStack(Testing.app(), { environment, state: { kind: "bucket" } }));

  expect([...new Set(statementsOf(json, "bootstrap").flatMap(meetingsMissed))]).toEqual([]);
});
