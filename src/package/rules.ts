// `octarine/rules`: what a guardrail of one's own is made of.
export type { Inventory, Resource, Source } from "../guardrails/resource";
export {
  type Area,
  expectGiven,
  expectThat,
  type Rule,
  rule,
  type Severity,
  show,
  undecided,
  type Verdict,
  violation,
} from "../guardrails/rule";
export {
  at,
  type Attributes,
  entries,
  hasUnknown,
  isAbsent,
  isFalse,
  isList,
  isMap,
  isTrue,
  isUnknown,
  items,
  text,
  texts,
  toNumber,
  type Value,
} from "../values/value";
