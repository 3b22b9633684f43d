import { isJsonMap, type JsonMap } from "../../src/guardrails/read/json";

/** By resource type; the wrapper of `terraform providers schema` may be there or not. */
export function resourceBlocks(schema: JsonMap): Record<string, unknown> {
  const providers = isJsonMap(schema.provider_schemas) ? Object.values(schema.provider_schemas) : [schema];
  const found = providers.flatMap((each) =>
    isJsonMap(each) && isJsonMap(each.resource_schemas) ? Object.entries(each.resource_schemas) : [],
  );
  return Object.fromEntries(found.map(([name, each]) => [name, isJsonMap(each) ? each.block : undefined]));
}
