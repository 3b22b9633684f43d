import path from "node:path";
import { App } from "cdktf";
import { environmentOf } from "../../src/fleet/environment";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { evaluate } from "../../src/guardrails/evaluate";
import { claimsOf, indexClaims } from "../../src/guardrails/names/claims";
import { fromJson } from "../../src/guardrails/read/expression";
import { expand } from "../../src/guardrails/read/expand";
import { readStack } from "../../src/guardrails/read/read-stack";
import type { Inventory } from "../../src/guardrails/resource";
import { allRules } from "../../src/guardrails/rules/all-rules";
import { isMap } from "../../src/values/value";
import { BootstrapStack } from "../../src/stacks/bootstrap/bootstrap-stack";
import { judgeAll, targetInventory } from "../../src/synth/guard-targets";
import { aTarget } from "../support/fixtures";

const AS_OF = () => "2026-11-21";

/** Findings of rules about names and values, target by target. */
function found(...judged: readonly { target: Target; inventory: Inventory }[]): string[] {
  return judgeAll(
    judged.map(({ target, inventory }) => ({ target, inventory: () => inventory })),
    AS_OF,
  ).flatMap(({ findings }) =>
    findings
      .filter(({ rule }) => /^(NAME|VALUE)-/.test(rule.id))
      .map(({ rule, outcome, detail }) => `${rule.id} ${outcome}: ${detail}`),
  );
}

/** What AWS asks for of these, for which no test cares. */
const DOCUMENTS: Readonly<Record<string, object>> = {
  aws_iam_policy: { policy: "{}" },
  aws_iam_role: { assume_role_policy: "{}" },
  aws_iam_role_policy: { policy: "{}" },
};

/** What a target makes, and one thing more. */
function making(target: Target, type: string, attributes: object): { target: Target; inventory: Inventory } {
  const read = fromJson({ ...DOCUMENTS[type], ...attributes });
  const inventory = targetInventory(target);
  const more = expand({
    type,
    address: `${type}.more`,
    stack: `${target.workspace}-nodes`,
    source: "input",
    attributes: isMap(read) ? read : {},
  });
  return { target, inventory: { ...inventory, resources: [...inventory.resources, ...more] } };
}

const target = aTarget();
const ACCOUNT = "111122223333";

describe("the deploy role, as bootstrap makes it", () => {
  test("may make all that a target makes", () => {
    expect(found({ target, inventory: targetInventory(target) })).toEqual([]);
  });

  test.each([
    ["a policy by the name of a registry module", "aws_iam_policy", { name: "AmazonEKS_EBS_CSI" }],
    ["a role on another path", "aws_iam_role", { name: "dev-us-east-1-x", path: "/teams/" }],
    ["a role of another cluster", "aws_iam_role", { name: "prod-us-east-1-x" }],
    ["an instance profile by a prefix of its own", "aws_iam_instance_profile", { name_prefix: "nodes-" }],
    ["a bucket of another name", "aws_s3_bucket", { bucket: "backups-of-dev" }],
    [
      "an attachment of a policy that administers everything",
      "aws_iam_role_policy_attachment",
      { role: "dev-us-east-1-x", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["itself", "aws_iam_role", { name: "octarine-deploy" }],
  ])("may not make %s", (_, type, attributes) => {
    const [first, ...others] = found(making(target, type, attributes));

    expect(first).toMatch(
      new RegExp(
        `^NAME-OUTSIDE-DEPLOY-ROLE violation: arn:aws:iam::${ACCOUNT}:role/octarine-deploy may not call `,
      ),
    );
    expect(others).toEqual([]);
  });

  test.each([
    ["a role by a prefix", "aws_iam_role", { name_prefix: "dev-us-east-1-x-" }],
    ["a bucket of the workspace's name", "aws_s3_bucket", { bucket: "dev-us-east-1-x" }],
    [
      "an attachment of EKS's own policy",
      "aws_iam_role_policy_attachment",
      { role: "dev-us-east-1-x", policy_arn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
    ],
  ])("may make %s", (_, type, attributes) => {
    expect(found(making(target, type, attributes))).toEqual([]);
  });

  test("of another account is not judged", () => {
    const elsewhere = aTarget(
      'account: { id: "111122223333", deployRole: "arn:aws:iam::999988887777:role/deploy" }\n',
    );

    expect(found(making(elsewhere, "aws_iam_policy", { name: "AmazonEKS_EBS_CSI" }))).toEqual([]);
  });
});

describe("a name that two targets make", () => {
  const west = (id: string) =>
    aTarget(`account: { id: "${id}" }\nnetwork: { zones: [us-west-2a, us-west-2b, us-west-2c] }\n`, {
      region: "us-west-2",
    });
  const bothMake = (other: Target, type: string, attributes: object) =>
    found(making(target, type, attributes), making(other, type, attributes)).filter((each) =>
      each.startsWith("NAME-TWICE"),
    );

  test.each([
    ["a role, in all regions of an account", "aws_iam_role", { name: "shared" }, ACCOUNT],
    ["a bucket, in all accounts", "aws_s3_bucket", { bucket: "shared" }, "999988887777"],
    [
      "a queue of one region, written for it in both",
      "aws_sqs_queue",
      { name: "shared", region: "us-east-1" },
      ACCOUNT,
    ],
  ])("is found: %s", (_, type, attributes, account) => {
    expect(bothMake(west(account), type, attributes)).toHaveLength(2);
  });

  test.each([
    ["a role, in another account", "aws_iam_role", { name: "shared" }, "999988887777"],
    ["a queue, in another region", "aws_sqs_queue", { name: "shared" }, ACCOUNT],
    ["a role that Terraform completes the name of", "aws_iam_role", { name_prefix: "shared-" }, ACCOUNT],
  ])("is not found: %s", (_, type, attributes, account) => {
    expect(bothMake(west(account), type, attributes)).toEqual([]);
  });

  test("names the other one", () => {
    expect(bothMake(west(ACCOUNT), "aws_iam_role", { name: "shared" })[0]).toBe(
      "NAME-TWICE violation: shared is also the name of dev-us-west-2-nodes/aws_iam_role.more, and it can be there once in the account, in all its regions",
    );
  });
});

test("the bootstrap stacks of the samples have no value that AWS refuses, and no name twice", () => {
  const fleet = loadFleet(path.join(__dirname, "..", "..", "envs"));
  const environments = [...new Set(fleet.targets.map(({ environment }) => environment))];
  const inventories = environments.map((name) => {
    const environment = environmentOf(fleet, name);
    const stack = new BootstrapStack(new App(), { environment, state: { kind: "bucket" } });
    const place = {
      partition: "aws",
      account: environment.account.id,
      region: environment.stateRegion,
      target: name,
    };
    return {
      resources: readStack(stack.toTerraform(), stack.node.id),
      complete: true,
      production: true,
      place,
    };
  });
  const claims = indexClaims(inventories.flatMap(claimsOf));
  const rules = allRules.filter(({ id }) => /^(VALUE-|NAME-TWICE)/.test(id));

  const findings = inventories.flatMap((inventory) => evaluate({ ...inventory, claims }, rules));

  expect(inventories.length).toBeGreaterThan(1);
  expect(findings.map(({ rule, address, detail }) => `${rule.id} ${address}: ${detail}`)).toEqual([]);
});
