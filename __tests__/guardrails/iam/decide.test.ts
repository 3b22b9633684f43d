import fc from "fast-check";
import { decide } from "../../../src/guardrails/iam/decide";
import type { CallRequest } from "../../../src/guardrails/iam/request";
import { Unknown } from "../../../src/values/value";
import { resources } from "../support";

type Statement = Readonly<Record<string, unknown>>;

const ROLE = "arn:aws:iam::111122223333:role/prod-a";

function decision(statements: readonly Statement[], request: Partial<CallRequest> = {}) {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const read = resources([["aws_iam_policy", { name: "p", policy }]]).filter(
    ({ type }) => type === "policy-statement",
  );
  return decide(read, { action: "iam:CreateRole", resource: ROLE, context: {}, ...request }).kind;
}

const allow = (more: Statement = {}): Statement => ({
  Effect: "Allow",
  Action: "iam:*",
  Resource: "*",
  ...more,
});
const deny = (more: Statement = {}): Statement => ({ ...allow(more), Effect: "Deny" });

// IAM User Guide, "Policy evaluation logic".
describe("a call", () => {
  test.each([
    ["is not allowed where no statement speaks of it", [], "not allowed"],
    ["is allowed by a statement that does", [allow()], "allowed"],
    ["is denied whatever else allows it", [allow(), deny({ Action: "iam:CreateRole" })], "denied"],
    [
      "is not denied by a statement about another resource",
      [allow(), deny({ Resource: `${ROLE}-b` })],
      "allowed",
    ],
    ["matches actions in any case", [allow({ Action: "IAM:createrole" })], "allowed"],
    ["matches ? as one character", [allow({ Action: "iam:CreateRol?" })], "allowed"],
    ["does not match ? as none", [allow({ Action: "iam:CreateRole?" })], "not allowed"],
    ["matches resources with their case", [allow({ Resource: ROLE.toUpperCase() })], "not allowed"],
    ["is left out by NotAction", [allow({ Action: undefined, NotAction: "iam:Create*" })], "not allowed"],
    ["is not left out by another NotAction", [allow({ Action: undefined, NotAction: "s3:*" })], "allowed"],
    ["is left out by NotResource", [allow({ Resource: undefined, NotResource: ROLE })], "not allowed"],
  ])("%s", (_, statements, expected) => {
    expect(decision(statements)).toBe(expected);
  });
});

// IAM User Guide, "IAM JSON policy elements: Condition operators".
describe("a condition", () => {
  const boundary = "arn:aws:iam::111122223333:policy/boundary";
  const context = { "iam:permissionsboundary": [boundary], "aws:tagkeys": ["team", "cost"] };

  test.each([
    ["holds for the value", { StringEquals: { "iam:PermissionsBoundary": boundary } }, "allowed"],
    [
      "holds for one of its values",
      { StringEquals: { "iam:PermissionsBoundary": ["x", boundary] } },
      "allowed",
    ],
    ["does not hold for another", { StringEquals: { "iam:PermissionsBoundary": "x" } }, "not allowed"],
    ["does not hold without the key", { StringEquals: { "aws:PrincipalTag/team": "x" } }, "not allowed"],
    [
      "holds without the key by IfExists",
      { StringEqualsIfExists: { "aws:PrincipalTag/team": "x" } },
      "allowed",
    ],
    ["holds negated without the key", { StringNotEquals: { "aws:PrincipalTag/team": "x" } }, "allowed"],
    [
      "compares patterns by Like only",
      { StringEquals: { "iam:PermissionsBoundary": "arn:*" } },
      "not allowed",
    ],
    ["compares patterns by Like", { StringLike: { "iam:PermissionsBoundary": "arn:*" } }, "allowed"],
    [
      "compares ARNs part by part",
      { ArnLike: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/bound*" } },
      "allowed",
    ],
    [
      "keeps * of an ARN in its part",
      { ArnLike: { "iam:PermissionsBoundary": "arn:*:policy/boundary" } },
      "not allowed",
    ],
    [
      "holds where all values are among them",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "cost"] } },
      "allowed",
    ],
    [
      "does not hold where one value is not",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
      "not allowed",
    ],
    ["holds where any value is", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["team"] } }, "allowed"],
    ["holds for all of none", { "ForAllValues:StringEquals": { "aws:PrincipalTag/x": ["a"] } }, "allowed"],
    [
      "does not hold for any of none",
      { "ForAnyValue:StringEquals": { "aws:PrincipalTag/x": ["a"] } },
      "not allowed",
    ],
    ["asks for a key by Null", { Null: { "iam:PermissionsBoundary": "false" } }, "allowed"],
    ["asks for its absence by Null", { Null: { "iam:PermissionsBoundary": "true" } }, "not allowed"],
    [
      "needs all of its keys",
      { StringEquals: { "iam:PermissionsBoundary": boundary, "aws:PrincipalTag/x": "a" } },
      "not allowed",
    ],
  ])("%s", (_, Condition, expected) => {
    expect(decision([allow({ Condition })], { context })).toBe(expected);
  });

  test("on what is not known before the apply leaves the call undecided, and never allowed", () => {
    const Condition = { StringEquals: { "iam:PermissionsBoundary": boundary } };
    const unknown = { context: { "iam:permissionsboundary": new Unknown(true) } };

    expect(decision([allow({ Condition })], unknown)).toBe("undecided");
    expect(decision([allow(), deny({ Condition })], unknown)).toBe("undecided");
  });

  test("with an operator that is not evaluated leaves the call undecided", () => {
    const Condition = { StringMatches: { "aws:SourceIp": "10.0.0.0/8" } };

    expect(decision([allow({ Condition })], { context: { "aws:sourceip": ["10.1.1.1"] } })).toBe("undecided");
  });
});

describe("a condition on a key that calls have in common", () => {
  const Condition = { StringEquals: { "aws:SourceVpc": "vpc-a" } };
  const sourceVpc = (vpc: string) => ({ "aws:sourcevpc": [vpc] });

  test.each<readonly [string, Partial<CallRequest>, string]>([
    ["holds for what they have in common", { shared: [sourceVpc("vpc-a")] }, "allowed"],
    ["does not hold for another value of it", { shared: [sourceVpc("vpc-b")] }, "not allowed"],
    [
      "looks past what does not speak of the key",
      { shared: [{ "aws:principaltype": ["AssumedRole"] }, sourceVpc("vpc-a")] },
      "allowed",
    ],
    [
      "holds for the first that speaks of it",
      { shared: [sourceVpc("vpc-b"), sourceVpc("vpc-a")] },
      "not allowed",
    ],
    [
      "holds for what the call itself carries before that",
      { context: sourceVpc("vpc-a"), shared: [sourceVpc("vpc-b")] },
      "allowed",
    ],
  ])("%s", (_, request, expected) => {
    expect(decision([allow({ Condition })], request)).toBe(expected);
  });
});

describe("a policy variable", () => {
  const Resource = "arn:aws:iam::111122223333:role/${aws:PrincipalTag/team}-a";

  test("stands for what the call carries", () => {
    expect(decision([allow({ Resource })], { context: { "aws:principaltag/team": ["prod"] } })).toBe(
      "allowed",
    );
  });

  test("without a value matches nothing", () => {
    expect(decision([allow({ Resource })])).toBe("not allowed");
  });
});

const part = fc.constantFrom("iam:CreateRole", "iam:*", "iam:Delete*", "s3:*", "*");
const resource = fc.constantFrom("*", ROLE, `${ROLE}*`, "arn:aws:iam::111122223333:role/*", "arn:aws:s3:::x");
const anyStatement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Action: part,
  Resource: resource,
});

test("a deny never widens what is allowed", () => {
  fc.assert(
    fc.property(fc.array(anyStatement), anyStatement, (statements, more) => {
      const denied = decision([...statements, { ...more, Effect: "Deny" }]);
      expect(denied === "allowed" && decision(statements) !== "allowed").toBe(false);
    }),
  );
});

test("the order of statements means nothing", () => {
  fc.assert(
    fc.property(fc.array(anyStatement), (statements) => {
      expect(decision([...statements].reverse())).toBe(decision(statements));
    }),
  );
});
