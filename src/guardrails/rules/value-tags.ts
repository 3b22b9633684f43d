import { type TagLimits, taggedTypes, tagLimits } from "../../facts/aws-tags";
import { awsValueTypes } from "../../facts/aws-values";
import type { Inventory, Resource } from "../resource";
import { rule, violation } from "../rule";
import { at, entries, isUnknown, items, text, type Value } from "../../values/value";

export const WHY = "AWS refuses the call in the middle of an apply; no plan sees it before.";

type Tags = readonly (readonly [string, Value])[];

export const tagRule = rule({
  id: "VALUE-TAGS",
  area: "values",
  severity: "error",
  what: "Tags, with those of the provider, are of the number, length and characters that AWS takes.",
  why: WHY,
  remedy: "Shorten or rename the tag.",
  reference: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
  types: [...awsValueTypes, ...taggedTypes, "provider.aws", "module"],
  check: (resource, inventory) => breaksOf(resource, inventory).map((detail) => violation(detail)),
});

function breaksOf(resource: Resource, inventory: Inventory): string[] {
  const { type, attributes } = resource;
  const limits = tagLimits(type);
  // What every resource of the stack gets, IAM's as well.
  if (type === "provider.aws") return ofEach(entries(at(attributes, "default_tags", "tags")), limits);
  if (type === "module") return ofModule(resource);
  const own = entries(attributes.tags);
  return [
    ...ofAll([...missing(defaultTags(resource, inventory), own), ...own], limits, " with the provider's"),
    ...ofEach(own, limits),
    // A launch template's: of the instances, volumes and interfaces that are made by it.
    ...items(attributes.tag_specifications).flatMap((each) => {
      const made = entries(at(each, "tags"));
      return [...ofAll(made, limits, ""), ...ofEach(made, limits)];
    }),
  ];
}

/** All inputs that are tags: `tags`, `launch_template_tags`. What one is for is in its name. */
function ofModule({ attributes }: Resource): string[] {
  // The VPC's module tags only what is EC2's.
  const isNetwork = text(attributes.source).includes("/vpc/");
  return Object.entries(attributes).flatMap(([input, value]) => {
    if (!/^(\w+_)?tags$/.test(input)) return [];
    const isOfEc2 = isNetwork || /security_group|launch_template|subnet/.test(input);
    return ofEach(entries(value), tagLimits(isOfEc2 ? "aws_vpc" : "module"));
  });
}

/** Those of `tags` whose keys `own` does not have. */
function missing(tags: Tags, own: Tags): Tags {
  return tags.filter(([key]) => !own.some(([each]) => each === key));
}

function ofAll(tags: Tags, { count, ignoresCase }: TagLimits, whose: string): string[] {
  return [
    ...(tags.length > count ? [`has ${tags.length} tags${whose}, and AWS takes at most ${count}`] : []),
    ...(ignoresCase === true ? twice(tags) : []),
  ];
}

function ofEach(tags: Tags, limits: TagLimits): string[] {
  return tags.flatMap(([key, raw]) => {
    if (isUnknown(raw)) return keyBreaks(key, limits);
    const value = text(raw);
    return [
      ...keyBreaks(key, limits),
      ...([...value].length > limits.value
        ? [`the value of tag ${key} is longer than ${limits.value} characters`]
        : []),
      ...(limits.characters === undefined || (limits.characters.test(key) && limits.characters.test(value))
        ? []
        : [
            `tag ${key}: ${value} has characters that AWS refuses; letters, digits, spaces and _ . : / = + - @`,
          ]),
    ];
  });
}

function keyBreaks(key: string, limits: TagLimits): string[] {
  return [
    ...([...key].length > limits.key ? [`tag ${key} is longer than ${limits.key} characters`] : []),
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
