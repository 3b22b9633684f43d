import fc from "fast-check";
import { readStack } from "../../../src/guardrails/read/read-stack";
import { documentSize } from "../../../src/permissions/policies/document-size";

/** Statements as the guardrails read them out of a policy. */
function read(document: object) {
  const bucket = { aws_s3_bucket_policy: { it: { bucket: "b", policy: JSON.stringify(document) } } };
  return readStack({ resource: bucket }, "test").filter(({ type }) => type === "policy-statement");
}

const text = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const oneOrMore = (name: fc.Arbitrary<string>) =>
  fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map((all) => (all.length === 1 ? all[0] : all));
const arn = text.map((name) => `arn:aws:iam::111122223333:role/${name}`);
const service = text.map((name) => `${name}.amazonaws.com`);
const statement = fc.record(
  {
    Sid: fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,8}$/),
    Effect: fc.constantFrom("Allow", "Deny"),
    Principal: fc.record({ AWS: oneOrMore(arn), Service: oneOrMore(service) }),
    Action: oneOrMore(text.map((name) => `s3:${name}`)),
    Resource: oneOrMore(text.map((name) => `arn:aws:s3:::${name}/*`)),
    Condition: fc.record({ StringEquals: fc.record({ "aws:SourceAccount": text }) }),
  },
  { requiredKeys: ["Effect", "Principal", "Action", "Resource"] },
);

// IAM counts the characters of the document without white space (IAM User Guide, "IAM and AWS STS quotas").
test("a policy is as long as its JSON without white space", () => {
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
      const document = { Version: "2012-10-17", Statement: statements };

      expect(documentSize(read(document))).toEqual({ least: JSON.stringify(document).length, open: 0 });
    }),
  );
});
