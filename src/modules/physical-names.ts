import { nameLimits, type NameKind } from "../facts/name-limits";
import { ExpectedError } from "../text/errors";

/** A name would be longer than AWS takes. Our own names are checked here, once. */
export class NameTooLongError extends ExpectedError {}

/** Joins the parts with dashes. IAM is global, so a role's parts have to tell the region (the cluster's name does). */
export function physicalName(kind: NameKind, ...parts: readonly string[]): string {
  const name = parts.join("-");
  if (name.length > nameLimits[kind]) {
    throw new NameTooLongError(
      `${kind} name ${name} has ${name.length} characters, more than ${nameLimits[kind]}`,
    );
  }
  return name;
}
