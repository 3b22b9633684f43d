import {
  at,
  field,
  isArray,
  isObject,
  items,
  type Json,
  type JsonObject,
  text,
} from "../terraform-plan/json";

/** Something that is there, with those attributes of its Terraform resource by which it is known. */
export interface Existing {
  /** Of Terraform: `aws_subnet`. */
  readonly type: string;
  readonly attributes: JsonObject;
  /** Its address in the state that it was read from; undefined where AWS was asked. */
  readonly address?: string;
}

/** An attribute by its path with dots, `tags.Name`, `identity.0.oidc`; undefined where it has no value. */
export function attributeOf(attributes: Json, path: string): Json | undefined {
  const steps = path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const value = at(attributes, steps);
  return value === null ? undefined : value;
}

export function textAt(attributes: Json, path: string): string | undefined {
  return text(attributeOf(attributes, path));
}

/** What a reader knows it by. */
export function nameOf({ attributes }: Existing): string {
  const id = textAt(attributes, "id");
  const name = textAt(attributes, "tags.Name") ?? textAt(attributes, "name");
  return [id, name === id ? undefined : name].filter((each) => each !== undefined).join(" ");
}

/**
 * Managed resources of a state or a plan, as `terraform show -json` prints it, whichever it is; and what came with their VPCs, which a
 * stack has whether the old project had it or not.
 */
export function existingIn(document: Json): readonly Existing[] {
  const state = field(document, "values") ?? at(document, ["prior_state", "values"]);
  const all = state === undefined ? rawInstances(document) : inModule(field(state, "root_module") ?? null);
  return [...all, ...all.flatMap((each) => defaultsOf(each, all))];
}

/** Attributes of aws_vpc, by the type that takes over what they name. */
export const VPC_DEFAULTS: Readonly<Record<string, string>> = {
  aws_default_route_table: "default_route_table_id",
  aws_default_network_acl: "default_network_acl_id",
  aws_default_security_group: "default_security_group_id",
};

/**
 * What is made without an import loses all routes and rules that the stack does not have, and the plan calls that created (provider's
 * pages of aws_default_*).
 */
function defaultsOf({ type, attributes: vpc }: Existing, all: readonly Existing[]): readonly Existing[] {
  if (type !== "aws_vpc") return [];
  return Object.entries(VPC_DEFAULTS).flatMap(([each, name]): Existing[] => {
    const id = textAt(vpc, name);
    const isThere = all.some(
      ({ type: other, attributes: own }) =>
        other === each && ([own.id, own[name]].includes(id) || own.vpc_id === vpc.id),
    );
    if (id === undefined || isThere) return [];
    return [{ type: each, attributes: attributes({ id, vpc_id: vpc.id, [name]: id }) }];
  });
}

function inModule(module: Json): readonly Existing[] {
  const own = items(field(module, "resources")).flatMap((resource): Existing[] => {
    const values = field(resource, "values");
    const type = text(field(resource, "type"));
    const address = text(field(resource, "address"));
    if (field(resource, "mode") !== "managed" || type === undefined || address === undefined) return [];
    return isObject(values) ? [{ type, attributes: values, address }] : [];
  });
  return [...own, ...items(field(module, "child_modules")).flatMap(inModule)];
}

/** Of a state file itself, as `terraform state pull` prints it. */
function rawInstances(document: Json): readonly Existing[] {
  return items(field(document, "resources")).flatMap((resource) => {
    const type = text(field(resource, "type"));
    const name = text(field(resource, "name"));
    if (field(resource, "mode") !== "managed" || type === undefined || name === undefined) return [];
    const module = text(field(resource, "module"));
    return items(field(resource, "instances")).flatMap((instance): Existing[] => {
      const attributes = field(instance, "attributes");
      const key = field(instance, "index_key");
      const address = `${module === undefined ? "" : `${module}.`}${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`;
      return isObject(attributes) ? [{ type, attributes, address }] : [];
    });
  });
}

/** An object of what an answer of the AWS CLI holds, without what it does not say. */
export function attributes(all: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** `[{Key, Value}]` as a map. */
export function tagsIn(answer: Json): JsonObject {
  const tags = field(answer, "Tags") ?? field(answer, "TagSet");
  if (!isArray(tags)) return isObject(tags) ? tags : {};
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const [key, value] = [text(field(tag, "Key")), text(field(tag, "Value"))];
      return key === undefined ? [] : [[key, value ?? ""]];
    }),
  );
}
