import type { Json } from "../../terraform-plan/json";
import { textAt } from "../existing";

/** How a type of resource is known again, and what Terraform imports it by. */
export interface Kind {
  readonly type: string;
  /**
   * Attributes that say which one it is, the surest set first. AWS has one for a set, or the surer one decides. `name_prefix` is met by a
   * name that begins so. A value that the plan does not know is that of what it refers to.
   */
  readonly by: readonly (readonly string[])[];
  /** A resource that names it, once that is known: an attribute of another type. */
  readonly through?: { readonly type: string; readonly attribute: string; readonly is: string };
  /** As "Import" of the provider's page says; undefined where its parts are not known. */
  readonly importId: (attributes: Json) => string | undefined;
}

/** An import id that is one attribute. */
export function by(attribute: string): Kind["importId"] {
  return (attributes) => textAt(attributes, attribute);
}

/** An import id of several attributes; of each the first that has a value. */
export function joined(
  separator: string,
  ...parts: readonly (string | readonly string[])[]
): Kind["importId"] {
  return (attributes) => {
    const values = parts.map((part) =>
      (typeof part === "string" ? [part] : part)
        .map((each) => textAt(attributes, each))
        .find((each) => each !== undefined && each !== ""),
    );
    return values.every((each) => each !== undefined) ? values.join(separator) : undefined;
  };
}
