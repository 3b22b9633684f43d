import { field, isObject, type Json, type JsonObject, text } from "../../terraform-plan/json";

const OUTPUT = /data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)(?:\["([^"]+)"\])?/g;

/** Where a stack reads another one's outputs. */
export interface RemoteState {
  /** Name of the data source. */
  readonly name: string;
  readonly workspace: string;
  readonly stack: string;
  /** Outputs that it uses, and of each the keys that it takes from it by name. */
  readonly used: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The states that a stack reads; the key of each names its target's workspace and its stack (state-location.ts). */
export function remoteStates(stack: JsonObject): RemoteState[] {
  const states = field(field(stack, "data"), "terraform_remote_state");
  const references = textsIn(stack).flatMap((each) => [...each.matchAll(OUTPUT)]);
  return Object.entries(isObject(states) ? states : {}).map(([name, state]) => {
    const key = text(field(field(state, "config"), "key")) ?? "";
    const [, workspace, upstream] = /^octarine\/(.+)\/([^/]+)\.tfstate$/.exec(key) ?? [];
    if (workspace === undefined || upstream === undefined)
      throw new TypeError(`the state ${key} of data source ${name} does not belong to a stack`);
    const used = new Map<string, Set<string>>();
    for (const [, from, output, index] of references) {
      if (from !== name || output === undefined) continue;
      const keys = used.get(output) ?? new Set();
      used.set(output, index === undefined ? keys : keys.add(index));
    }
    return { name, workspace, stack: upstream, used };
  });
}

function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item));
  return isObject(value) ? Object.values(value).flatMap((item) => textsIn(item)) : [];
}
