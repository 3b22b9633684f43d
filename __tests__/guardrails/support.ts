import { evaluate, type Finding } from "../../src/guardrails/evaluate";
import { expand } from "../../src/guardrails/read/expand";
import { fromJson } from "../../src/guardrails/read/expression";
import type { Inventory, Resource } from "../../src/guardrails/resource";
import { allRules } from "../../src/guardrails/rules/all-rules";
import type { Rule } from "../../src/guardrails/rule";
import { isMap } from "../../src/values/value";

/** A resource of a case: type and attributes as in Terraform JSON; the address and stack where they matter. */
export type Given = readonly [type: string, attributes: object, at?: { address?: string; stack?: string }];

/** A rule, what breaks it and what does not. */
export type RuleCase = readonly [rule: string, violating: readonly Given[], clean: readonly Given[]];

export function resources(given: readonly Given[], source: Resource["source"] = "input"): Resource[] {
  return given.flatMap(([type, attributes, { address, stack = "prod-network" } = {}], index) => {
    const read = fromJson(attributes);
    return expand({
      type,
      stack,
      source,
      address: address ?? `${type}.r${index}`,
      attributes: isMap(read) ? read : {},
    });
  });
}

/** A deploy role that may do everything to what is named `prod-…`. */
const deployRole = {
  arn: "arn:aws:iam::111122223333:role/octarine-deploy",
  statements: resources([
    [
      "aws_iam_policy",
      {
        name: "deploy",
        policy: JSON.stringify({
          Statement: [
            {
              Sid: "Named",
              Effect: "Allow",
              Action: ["iam:*", "s3:*"],
              Resource: ["role", "policy", "instance-profile"]
                .map((kind) => `arn:aws:iam::111122223333:${kind}/prod-*`)
                .concat("arn:aws:s3:::prod-*"),
            },
          ],
        }),
      },
    ],
  ]).filter(({ type }) => type === "policy-statement"),
};

export const place = {
  partition: "aws",
  account: "111122223333",
  region: "us-east-1",
  target: "prod/us-east-1",
};

export function inventory(given: readonly Given[], more: Partial<Inventory> = {}): Inventory {
  return { resources: resources(given), complete: true, production: true, place, deployRole, ...more };
}

export function ruleOf(id: string): Rule {
  const found = allRules.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}

/** What one rule finds. */
export function findingsOf(id: string, given: readonly Given[], more: Partial<Inventory> = {}): Finding[] {
  return evaluate(inventory(given, more), [ruleOf(id)]);
}
