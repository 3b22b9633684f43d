import { type Fact, fact } from "./found/fact";
import type { Part } from "./part";

/** What a map of a file says, each entry with its place. */
export function factsIn(map: Part): readonly (readonly [string, Fact<string>])[] {
  return map.entries().map(([key, value]) => [key, fact(value.text() ?? "", value)] as const);
}

export function listIn(list: Part): readonly Fact<string>[] {
  return list.items().map((each) => fact(each.text() ?? "", each));
}
