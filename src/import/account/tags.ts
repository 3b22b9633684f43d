import { type Fact, fact } from "../found/fact";
import type { Part } from "../part";

/** Tags as EC2 lists them, by Key and Value; those of others' tools left out. */
export function tagFacts(tags: Part): readonly (readonly [string, Fact<string>])[] {
  return tags.items().map((each) => {
    const value = each.at("Value");
    return [each.at("Key").text() ?? "", fact(value.text() ?? "", value)] as const;
  });
}

export function tagsOf(tags: Part): Readonly<Record<string, string>> {
  return Object.fromEntries(tagFacts(tags).map(([key, { value }]) => [key, value]));
}
