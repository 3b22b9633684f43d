import type { Statements } from "../../guardrails/iam/spoken";
import { statement } from "../../guardrails/read/policy-statements";
import type { Resource } from "../../guardrails/resource";
import { type Attributes, isMap, items, type Value } from "../../values/value";

/** Service control policies of one level (root, unit or account). */
export interface ScpLevel {
  readonly name: string;
  readonly files: readonly string[];
  readonly statements: Statements;
}

/** A level by its policies as JSON; each statement is named by the file that it is in. */
export function scpLevel(
  name: string,
  policies: readonly { readonly file: string; readonly document: unknown }[],
): ScpLevel {
  const statements = policies.flatMap(({ file, document }) => {
    const holder: Resource = { type: "scp", address: file, stack: "", source: "input", attributes: {} };
    const own: Attributes = isMap(document as Value) ? (document as Attributes) : {};
    return items(own.Statement).map((each, at) => statement(holder, "identity", isMap(each) ? each : {}, at));
  });
  return { name, files: policies.map(({ file }) => file), statements };
}
