import { partitionOf } from "../facts/regions";
import type { GivenTarget } from "./given-target";

/** A role given by name belongs to the target's account; an ARN stays as it is. */
export function roleArn(
  roleNameOrArn: string,
  { config, region }: Pick<GivenTarget, "config" | "region">,
): string {
  if (roleNameOrArn.startsWith("arn:")) return roleNameOrArn;
  return `arn:${partitionOf(region)}:iam::${config.account.id}:role/${roleNameOrArn}`;
}
