import { field, isObject, type Json, type JsonObject } from "../../../terraform-plan/json";

const REFERENCE = /data\.terraform_remote_state\.([\w-]+)\.outputs/g;

/**
 * A stack's Terraform JSON that takes the outputs of other stacks from values in place of their states.
 *
 * @param given by the name of the data source; states that are not in it are read as before
 * @param localState keep the stack's own state beside it, for one that was never applied
 */
export function previewStack(
  stack: JsonObject,
  given: ReadonlyMap<string, Readonly<Record<string, Json>>>,
  localState: boolean,
): JsonObject {
  const data = objectAt(stack, "data");
  const states = Object.entries(objectAt(data, "terraform_remote_state")).filter(
    ([name]) => !given.has(name),
  );
  const { terraform_remote_state: _states, ...otherData } = data;
  const { data: _data, ...rest } = stack;
  const kept = {
    ...otherData,
    ...(states.length > 0 && { terraform_remote_state: Object.fromEntries(states) }),
  };
  const replaced = rewrite({ ...rest, ...nonEmpty("data", kept) }, (each) =>
    each.replace(REFERENCE, (reference, name: string) =>
      given.has(name) ? `local.${localName(name)}` : reference,
    ),
  );
  const changed = isObject(replaced) ? replaced : {};
  const locals = [...given].map(([name, values]): [string, Json] => [localName(name), literal(values)]);
  return {
    ...changed,
    ...nonEmpty("locals", { ...objectAt(changed, "locals"), ...Object.fromEntries(locals) }),
    ...(localState && {
      terraform: { ...objectAt(changed, "terraform"), backend: { local: { path: "preview.tfstate" } } },
    }),
  };
}

/** Terraform refuses a block type without a block. */
function nonEmpty(name: string, value: JsonObject): JsonObject {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}

function localName(state: string): string {
  return `upstream-${state}`;
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = field(value, key);
  return isObject(found) ? found : {};
}

function rewrite(value: Json, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item: Json) => rewrite(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, change)]));
}

/** Terraform reads every text as a template: what is meant as it stands has its openings doubled. */
function literal(value: Json): Json {
  return rewrite(value, (each) => each.replaceAll("${", () => "$${").replaceAll("%{", "%%{"));
}
