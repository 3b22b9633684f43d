import { statement } from "../../guardrails/read/policy-statements";
import type { Resource } from "../../guardrails/resource";
import { type Attributes, isMap, items, type Value } from "../../guardrails/value";

/** Service control policies of one level (root, unit or account), as JSON. */
export interface ScpLevel {
  readonly files: readonly string[];
  readonly documents: readonly Value[];
}

/** The statements of a level, each by the file that it is in. */
export function scpStatements({ files, documents }: ScpLevel): Resource[] {
  return documents.flatMap((document, index) => {
    const file = files[index] ?? "service control policy";
    const holder: Resource = { type: "scp", address: file, stack: "", source: "input", attributes: {} };
    const own: Attributes = isMap(document) ? document : {};
    return items(own.Statement).map((each, at) => statement(holder, "identity", isMap(each) ? each : {}, at));
  });
}
