import { awsValues, awsValueTypes } from "../../facts/aws-values";
import type { Resource } from "../resource";
import { type Rule, rule, violation } from "../rule";
import { type BreakKind, type ConstraintBreak, constraintBreaks } from "../values/constraint-breaks";
import { principalRule } from "./value-principal";
import { tagRule, WHY } from "./value-tags";

const SCHEMAS = "https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html";

const breaks = new WeakMap<Resource, readonly ConstraintBreak[]>();

/** Found once for all rules of a resource. */
function breaksOf(resource: Resource): readonly ConstraintBreak[] {
  const found = breaks.get(resource) ?? constraintBreaks(resource, awsValues(resource.type));
  breaks.set(resource, found);
  return found;
}

function valueRule(kind: BreakKind, texts: Pick<Rule, "id" | "what" | "remedy">): Rule {
  return rule({
    ...texts,
    area: "values",
    severity: "error",
    why: WHY,
    reference: SCHEMAS,
    types: awsValueTypes,
    check: (resource) =>
      breaksOf(resource)
        .filter((each) => each.kind === kind)
        .map(({ detail }) => violation(detail)),
  });
}

export const valueRules: readonly Rule[] = [
  valueRule("pattern", {
    id: "VALUE-PATTERN",
    what: "Texts have the characters and the form that AWS accepts.",
    remedy: "Write it with the characters that AWS accepts.",
  }),
  valueRule("length", {
    id: "VALUE-LENGTH",
    what: "No text is shorter or longer than AWS accepts.",
    remedy: "Shorten it; most names begin with the cluster's.",
  }),
  valueRule("enum", {
    id: "VALUE-ENUM",
    what: "A choice is one of those that AWS has.",
    remedy: "Write one of the values named.",
  }),
  valueRule("range", {
    id: "VALUE-RANGE",
    what: "Numbers are within the range that AWS accepts.",
    remedy: "Write a number within the range.",
  }),
  valueRule("count", {
    id: "VALUE-COUNT",
    what: "Lists have no more and no fewer entries than AWS accepts.",
    remedy: "Leave entries out, or spread them over several resources.",
  }),
  valueRule("twice", {
    id: "VALUE-TWICE",
    what: "Entries of a list that AWS tells apart by a name or a number are different.",
    remedy: "Take one of the two away, or rename it.",
  }),
  valueRule("missing", {
    id: "VALUE-MISSING",
    what: "What AWS requires is written.",
    remedy: "Write it.",
  }),
  tagRule,
  principalRule,
];
