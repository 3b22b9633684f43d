import fc from "fast-check";
import { authorize } from "../../../src/guardrails/iam/authorize";
import { caller, request, type Statement, statements } from "./support";

const part = fc.constantFrom("s3:GetObject", "s3:*", "s3:Put*", "ec2:*", "*");
const place = fc.constantFrom(
  "*",
  "arn:aws:s3:::books/*",
  "arn:aws:s3:::books/a",
  "arn:aws:s3:::b?oks/*",
  "arn:aws:s3:::x",
);
const condition = fc.constantFrom<Statement>(
  {},
  { Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } } },
  { Condition: { StringNotLikeIfExists: { "aws:PrincipalTag/team": "a*" } } },
  { Condition: { Null: { "aws:PrincipalTag/team": "true" } } },
);
const anyStatement = fc
  .tuple(fc.constantFrom("Allow", "Deny"), part, place, condition)
  .map(([Effect, Action, Resource, more]) => ({ Effect, Action, Resource, ...more }));
const anyContext = fc.constantFrom<Record<string, string[]>>(
  {},
  { "aws:principaltag/team": ["a"] },
  { "aws:principaltag/team": ["b"] },
);

function kind(
  sources: readonly Statement[],
  context: Record<string, string[]>,
  resource = "arn:aws:s3:::books/a",
) {
  return authorize(caller, request({ context, resource }), { identity: statements(...sources) }).kind;
}

test("a deny never widens what is allowed", () => {
  fc.assert(
    fc.property(
      fc.array(anyStatement, { maxLength: 5 }),
      anyStatement,
      anyContext,
      (sources, more, context) => {
        const before = kind(sources, context);
        const after = kind([...sources, { ...more, Effect: "Deny" }], context);
        return after !== "allowed" || before === "allowed";
      },
    ),
  );
});

test("an allow never takes anything away", () => {
  fc.assert(
    fc.property(
      fc.array(anyStatement, { maxLength: 5 }),
      anyStatement,
      anyContext,
      (sources, more, context) => {
        const before = kind(sources, context);
        return (
          before !== "allowed" || kind([...sources, { ...more, Effect: "Allow" }], context) === "allowed"
        );
      },
    ),
  );
});

test("the order of statements means nothing", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.array(anyStatement, { minLength: 4, maxLength: 4 }),
      anyContext,
      (order, sources, context) => {
        const shuffled = order.map((each) => sources[each] ?? {});
        return kind(sources, context) === kind(shuffled, context);
      },
    ),
  );
});

test("a resource with more behind a * takes no less", () => {
  fc.assert(
    fc.property(
      fc.array(
        anyStatement.filter(({ Effect }) => Effect === "Allow"),
        { maxLength: 4 },
      ),
      anyContext,
      (sources, context) => {
        const wider = sources.map((each) => ({ ...each, Resource: `${each.Resource}*` }));
        return kind(sources, context) !== "allowed" || kind(wider, context) === "allowed";
      },
    ),
  );
});

test("what is allowed of a family is allowed of each of it", () => {
  fc.assert(
    fc.property(
      fc.array(anyStatement, { maxLength: 5 }),
      anyContext,
      fc.constantFrom("a", "b/c", "zz"),
      (sources, context, name) => {
        const family = kind(sources, context, "arn:aws:s3:::books/*");
        const one = kind(sources, context, `arn:aws:s3:::books/${name}`);
        return family === "undecided" || family === one;
      },
    ),
  );
});
