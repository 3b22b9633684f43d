import { conditionHolds } from "../../../src/guardrails/iam/conditions";
import { statements } from "./support";
import { statementApplies } from "../../../src/guardrails/iam/decide";
import { Unknown } from "../../../src/values/value";

/** The condition `{ <operator>: { <key>: <compared> } }` over a call that carries the key with these values. */
function holds(
  operator: string,
  compared: string | readonly string[],
  given?: readonly string[],
  key = "aws:x",
) {
  const context = given === undefined ? {} : { [key.toLowerCase()]: given };
  const truth = conditionHolds(`${operator} ${key}`, [compared].flat(), {
    action: "a:b",
    resource: "*",
    context,
  });
  return typeof truth === "object" ? "unknown" : truth;
}

// IAM User Guide, "IAM JSON policy elements: Condition operators": every operator that it lists, with its examples.
test.each<readonly [string, string | readonly string[], readonly string[] | undefined, boolean]>([
  ["StringEquals", "johndoe", ["johndoe"], true],
  ["StringEquals", "johndoe", ["JohnDoe"], false],
  ["StringEquals", ["a", "b"], ["b"], true],
  ["StringNotEquals", "johndoe", ["jane"], true],
  ["StringNotEquals", ["a", "b"], ["b"], false],
  ["StringEqualsIgnoreCase", "johndoe", ["JohnDoe"], true],
  ["StringNotEqualsIgnoreCase", "johndoe", ["JohnDoe"], false],
  ["StringLike", "s3*", ["s3.us-east-1"], true],
  ["StringLike", "d?g", ["dig"], true],
  ["StringLike", "d?g", ["diig"], false],
  ["StringLike", "S3*", ["s3.us-east-1"], false],
  ["StringNotLike", "s3*", ["ec2.us-east-1"], true],
  ["NumericEquals", "10", ["10"], true],
  ["NumericEquals", "10", ["10.0"], true],
  ["NumericNotEquals", "10", ["11"], true],
  ["NumericLessThan", "10", ["9"], true],
  ["NumericLessThan", "10", ["10"], false],
  ["NumericLessThanEquals", "10", ["10"], true],
  ["NumericGreaterThan", "10", ["10"], false],
  ["NumericGreaterThanEquals", "10", ["10"], true],
  ["NumericLessThan", "10", ["ten"], false],
  ["DateEquals", "2020-01-01T00:00:00Z", ["2020-01-01T00:00:00Z"], true],
  ["DateEquals", "1577836800", ["2020-01-01T00:00:00Z"], true],
  ["DateNotEquals", "2020-01-01T00:00:00Z", ["2020-01-02T00:00:00Z"], true],
  ["DateLessThan", "2020-01-01T00:00:01Z", ["2020-01-01T00:00:00Z"], true],
  ["DateLessThanEquals", "2020-01-01", ["2020-01-01T00:00:00Z"], true],
  ["DateGreaterThan", "2020-01-01T00:00:01Z", ["2020-01-01T00:00:00Z"], false],
  ["DateGreaterThanEquals", "1577836800", ["1577836800"], true],
  ["Bool", "true", ["true"], true],
  ["Bool", "true", ["TRUE"], true],
  ["Bool", "false", ["true"], false],
  ["BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", ["QmluYXJ5VmFsdWVJbkJhc2U2NA=="], true],
  ["BinaryEquals", "QmluYXJ5", ["QmluYXJ6"], false],
  ["IpAddress", "203.0.113.0/24", ["203.0.113.77"], true],
  ["IpAddress", "203.0.113.0/24", ["203.0.114.1"], false],
  ["IpAddress", "203.0.113.5", ["203.0.113.5"], true],
  ["IpAddress", "0.0.0.0/0", ["8.8.8.8"], true],
  ["IpAddress", "2001:DB8:1234:5678::/64", ["2001:db8:1234:5678::1"], true],
  ["IpAddress", "2001:DB8:1234:5678::/64", ["2001:db8:1234:5679::1"], false],
  ["IpAddress", "203.0.113.0/24", ["2001:db8::1"], false],
  ["NotIpAddress", ["203.0.113.0/24", "192.0.2.0/24"], ["192.0.2.9"], false],
  ["NotIpAddress", "203.0.113.0/24", ["198.51.100.1"], true],
  ["ArnEquals", "arn:aws:sns:*:123456789012:my-topic", ["arn:aws:sns:us-east-1:123456789012:my-topic"], true],
  ["ArnLike", "arn:aws:sns:*:123456789012:my-*", ["arn:aws:sns:us-east-1:123456789012:my-topic"], true],
  ["ArnLike", "arn:aws:sns:*:my-topic", ["arn:aws:sns:us-east-1:123456789012:my-topic"], false],
  ["ArnNotEquals", "arn:aws:sns:*:123456789012:a", ["arn:aws:sns:us-east-1:123456789012:b"], true],
  ["ArnNotLike", "arn:aws:sns:*:*:*", ["arn:aws:sns:us-east-1:123456789012:b"], false],
  ["Null", "true", undefined, true],
  ["Null", "false", undefined, false],
  ["Null", "true", ["x"], false],
  ["Null", "false", ["x"], true],
  // The key is not there.
  ["StringEquals", "a", undefined, false],
  ["StringNotEquals", "a", undefined, true],
  ["ArnNotLike", "arn:aws:sns:*:*:*", undefined, true],
  ["NotIpAddress", "10.0.0.0/8", undefined, true],
  ["NumericLessThan", "10", undefined, false],
  ["Bool", "false", undefined, false],
  ["StringEqualsIfExists", "a", undefined, true],
  ["StringEqualsIfExists", "a", ["b"], false],
  ["NumericLessThanIfExists", "10", undefined, true],
  ["BoolIfExists", "true", ["false"], false],
  ["StringNotEqualsIfExists", "a", undefined, true],
  // IAM User Guide, "Set operators for multivalued context keys".
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
  ["ForAllValues:StringEquals", ["a"], undefined, true],
  ["ForAllValues:StringEquals", ["a"], [], true],
  ["ForAllValues:StringNotEquals", ["x"], ["a", "b"], true],
  ["ForAllValues:StringNotEquals", ["x"], ["a", "x"], false],
  ["ForAnyValue:StringEquals", ["a", "b"], ["b", "c"], true],
  ["ForAnyValue:StringEquals", ["a"], ["b", "c"], false],
  ["ForAnyValue:StringEquals", ["a"], undefined, false],
  ["ForAnyValue:StringLike", ["a*"], ["xa", "ab"], true],
  ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
  ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, true],
  ["ForAllValues:ArnLike", ["arn:aws:sns:*:*:a*"], ["arn:aws:sns:us-east-1:1:ab"], true],
])("%s %j over %j", (operator, compared, given, expected) => {
  expect(holds(operator, compared, given)).toBe(expected);
});

test("all values of a condition are alternatives, all conditions are needed", () => {
  const [applies] = statements({
    Effect: "Allow",
    Action: "a:b",
    Resource: "*",
    Condition: { StringEquals: { "aws:x": ["1", "2"], "aws:y": "3" } },
  });
  const over = (context: Record<string, string[]>) =>
    applies && statementApplies(applies, { action: "a:b", resource: "*", context });

  expect(over({ "aws:x": ["2"], "aws:y": ["3"] })).toBe(true);
  expect(over({ "aws:x": ["2"] })).toBe(false);
});

test("a value of the call that may be any is undecided, but for a pattern that takes all", () => {
  expect(holds("StringEquals", "a", ["*"])).toBe("unknown");
  expect(holds("StringLike", "*", ["*"])).toBe(true);
  expect(holds("StringLike", "prod-*", ["prod-*"])).toBe(true);
  expect(holds("StringLike", "prod-a*", ["dev-*"])).toBe(false);
  expect(holds("NumericLessThan", "10", ["*"])).toBe("unknown");
});

test("a key that the call carries with an unknown value is undecided, and named", () => {
  const context = { "ec2:vpc": new Unknown(false, "ec2:Vpc") };
  const truth = conditionHolds("ArnEquals ec2:Vpc", ["arn:a"], { action: "a:b", resource: "*", context });

  expect(truth).toEqual({ unknown: expect.stringContaining("ec2:Vpc") as string });
});

test("a variable's value is compared letter by letter, with its default where the key is not there", () => {
  const over = (compared: string, context: Record<string, string[]>) =>
    conditionHolds("StringLike aws:x", [compared], { action: "a:b", resource: "*", context });

  expect(over("${aws:PrincipalTag/team}-*", { "aws:x": ["a-1"], "aws:principaltag/team": ["a"] })).toBe(true);
  expect(over("${aws:PrincipalTag/team, 'all'}-*", { "aws:x": ["all-1"] })).toBe(true);
  expect(over("${aws:PrincipalTag/team}-*", { "aws:x": ["a-1"] })).toBe(false);
  expect(over("a${*}b", { "aws:x": ["axb"] })).toBe(false);
});
