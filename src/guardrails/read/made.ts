import type { Resource } from "../resource";
import type { Attributes, Value } from "../../values/value";

/** A resource that a registry module makes of a call. */
export function made(call: Resource, type: string, name: string, attributes: Attributes): Resource {
  return { ...call, type, address: `${call.address}.${type}.${name}`, attributes };
}

/** A default for an input that was left out; null takes the default as well where the module says so. */
export function or(value: Value, fallback: Value): Value {
  return value === undefined ? fallback : value;
}
