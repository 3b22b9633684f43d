import { partitionOf } from "../facts/regions";
import { roleArn } from "../model/role-arn";
import type { Target } from "../model/target";
import type { KeyOwner } from "../modules/encryption-key";

/** Who owns and administers the KMS keys of a target. */
export function keyOwner(target: Pick<Target, "config" | "region">): KeyOwner {
  const { account } = target.config;
  return {
    accountId: account.id,
    partition: partitionOf(target.region),
    keyAdministratorArns: [account.deployRole, ...account.keyAdministrators].map((role) =>
      roleArn(role, target),
    ),
  };
}
