import type { ConfigPath } from "../../config/read/source-node";
import { roleArn } from "../../model/role-arn";
import type { Finding, TargetCheck } from "../finding";

export const accessEntryCheck: TargetCheck = (target) => {
  const { access } = target.config.cluster;
  const owners = new Map([[roleArn(target.config.account.deployRole, target), "account.deployRole"]]);
  return Object.entries(access).flatMap(([name, entry]): Finding[] => {
    const path: ConfigPath = ["cluster", "access", name];
    const arn = roleArn(entry.role, target);
    const owner = owners.get(arn);
    owners.set(arn, path.join("."));
    return owner === undefined
      ? []
      : [
          {
            path: [...path, "role"],
            message: `has its access entry from ${owner} already; remove one of them`,
          },
        ];
  });
};
