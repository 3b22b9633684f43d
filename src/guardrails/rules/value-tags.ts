import { awsValueTypes } from "../../facts/aws-values";
import type { Inventory, Resource } from "../resource";
import { rule, violation } from "../rule";
import { at, entries, isUnknown, text, type Value } from "../value";

export const WHY = "AWS refuses the call in the middle of an apply; no plan sees it before.";

/** Tagging AWS resources User Guide, "Tag naming limits and requirements". */
const LIMITS = { tags: 50, key: 128, value: 256 };
const TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** EC2 takes any character. */
const TAKES_ANY =
  /^aws_(vpc|subnet|route|nat_gateway|eip|internet_gateway|egress_only|security_group|network_acl|network_interface|launch_template|ec2_|flow_log|ebs_|instance|default_)/;
/** IAM tells keys apart by more than upper and lower case (IAM User Guide, "Rules for tagging in IAM and AWS STS"). */
const IGNORES_CASE = /^aws_iam_/;

type Tags = readonly (readonly [string, Value])[];

export const tagRule = rule({
  id: "VALUE-TAGS",
  area: "values",
  severity: "error",
  what: "Tags, with those of the provider, are of the number, length and characters that AWS takes.",
  why: WHY,
  remedy: "Shorten or rename the tag.",
  reference: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
  types: [...awsValueTypes, "provider.aws", "module"],
  check: (resource, inventory) => breaksOf(resource, inventory).map((detail) => violation(detail)),
});

function breaksOf(resource: Resource, inventory: Inventory): string[] {
  const { type, attributes } = resource;
  // What every resource of the stack gets, IAM's as well.
  if (type === "provider.aws") return ofEach(entries(at(attributes, "default_tags", "tags")), false);
  const own = entries(attributes.tags);
  // The VPC's module tags only what is EC2's.
  if (type === "module") return ofEach(own, text(attributes.source).includes("/vpc/"));
  const all = [
    ...defaultTags(resource, inventory).filter(([key]) => !own.some(([each]) => each === key)),
    ...own,
  ];
  return [
    ...(all.length > LIMITS.tags
      ? [`has ${all.length} tags with the provider's, and AWS takes at most ${LIMITS.tags}`]
      : []),
    ...ofEach(own, TAKES_ANY.test(type)),
    ...(IGNORES_CASE.test(type) ? twice(all) : []),
  ];
}

function ofEach(tags: Tags, takesAny: boolean): string[] {
  return tags.flatMap(([key, raw]) => {
    if (isUnknown(raw)) return keyBreaks(key);
    const value = text(raw);
    return [
      ...keyBreaks(key),
      ...([...value].length > LIMITS.value
        ? [`the value of tag ${key} is longer than ${LIMITS.value} characters`]
        : []),
      ...(takesAny || (TEXT.test(key) && TEXT.test(value))
        ? []
        : [
            `tag ${key}: ${value} has characters that AWS refuses; letters, digits, spaces and _ . : / = + - @`,
          ]),
    ];
  });
}

function keyBreaks(key: string): string[] {
  return [
    ...([...key].length > LIMITS.key ? [`tag ${key} is longer than ${LIMITS.key} characters`] : []),
    ...(key === "" ? ["has a tag without a key"] : []),
    ...(/^aws:/i.test(key) ? [`tag ${key} begins with aws:, which only AWS writes`] : []),
  ];
}

function twice(tags: Tags): string[] {
  const seen = new Map<string, string>();
  return tags.flatMap(([key]) => {
    const other = seen.get(key.toLowerCase());
    seen.set(key.toLowerCase(), key);
    return other === undefined ? [] : [`tags ${other} and ${key} are one and the same key for IAM`];
  });
}

const byStack = new WeakMap<Inventory, Map<string, Tags>>();

/** Tags that the provider of a resource's stack gives to all. A plan has them in no resource's own tags either. */
function defaultTags({ stack, attributes }: Resource, inventory: Inventory): Tags {
  const found =
    byStack.get(inventory) ??
    new Map(
      inventory.resources
        .filter(({ type, address }) => type === "provider.aws" && address === "provider.aws")
        .map((each): [string, Tags] => [each.stack, entries(at(each.attributes, "default_tags", "tags"))]),
    );
  byStack.set(inventory, found);
  // Of a provider for another region: its tags are not these.
  return attributes.provider === undefined ? (found.get(stack) ?? []) : [];
}
