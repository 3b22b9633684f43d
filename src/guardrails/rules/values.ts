import { awsValues, awsValueTypes } from "../../facts/aws-values";
import type { Resource } from "../resource";
import { type Rule, rule, violation } from "../rule";
import { entries, isUnknown, text, type Value } from "../value";
import { type BreakKind, type ConstraintBreak, constraintBreaks } from "../values/constraint-breaks";

const SCHEMAS = "https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html";
const WHY = "AWS refuses the call in the middle of an apply; no plan sees it before.";

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

/** Tagging AWS resources User Guide, "Tag naming limits and requirements". */
const TAG_LIMITS = { tags: 50, key: 128, value: 256 };
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** EC2 takes any character. */
const TAKES_ANY =
  /^aws_(vpc|subnet|route|nat_gateway|eip|internet_gateway|egress_only|security_group|network_acl|network_interface|launch_template|ec2_|flow_log|ebs_|instance|default_)/;

function tagBreaks(tags: Value, anyCharacter: boolean): string[] {
  const given = entries(tags).filter(([, value]) => !isUnknown(value));
  const { tags: most, key: keyLength, value: valueLength } = TAG_LIMITS;
  return [
    ...(entries(tags).length > most
      ? [`has ${entries(tags).length} tags, and AWS takes at most ${most}`]
      : []),
    ...given.flatMap(([key, raw]) => {
      const value = text(raw);
      return [
        ...([...key].length > keyLength ? [`tag ${key} is longer than ${keyLength} characters`] : []),
        ...([...value].length > valueLength
          ? [`the value of tag ${key} is longer than ${valueLength} characters`]
          : []),
        ...(/^aws:/i.test(key) ? [`tag ${key} begins with aws:, which only AWS writes`] : []),
        ...(anyCharacter || (TAG_TEXT.test(key) && TAG_TEXT.test(value))
          ? []
          : [
              `tag ${key}: ${value} has characters that AWS refuses; letters, digits, spaces and _ . : / = + - @`,
            ]),
      ];
    }),
  ];
}

export const valueRules: readonly Rule[] = [
  valueRule("pattern", {
    id: "VALUE-PATTERN",
    what: "Texts have the characters and the form that AWS takes.",
    remedy: "Write it with the characters that AWS takes.",
  }),
  valueRule("length", {
    id: "VALUE-LENGTH",
    what: "No text is shorter or longer than AWS takes.",
    remedy: "Shorten it; most names begin with the cluster's.",
  }),
  valueRule("enum", {
    id: "VALUE-ENUM",
    what: "A choice is one of those that AWS has.",
    remedy: "Write one of the values named.",
  }),
  valueRule("range", {
    id: "VALUE-RANGE",
    what: "Numbers lie within what AWS takes.",
    remedy: "Write a number within the range.",
  }),
  valueRule("count", {
    id: "VALUE-COUNT",
    what: "Lists have no more and no fewer entries than AWS takes.",
    remedy: "Leave entries out, or divide them over several resources.",
  }),
  rule({
    id: "VALUE-TAGS",
    area: "values",
    severity: "error",
    what: "Tags are of the number, length and characters that AWS takes.",
    why: WHY,
    remedy: "Shorten or rename the tag.",
    reference: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
    types: awsValueTypes,
    check: ({ type, attributes }) =>
      tagBreaks(attributes.tags, TAKES_ANY.test(type)).map((detail) => violation(detail)),
  }),
];
