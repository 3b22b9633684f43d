import type { Target } from "../../model/target";
import type { FleetCheck } from "../finding";

/** A cluster name is unique in an account and region, and IAM roles carry it over all regions. */
export const clusterNameCheck: FleetCheck = ({ targets }) => {
  const owners = new Map<string, Target>();
  return targets.flatMap((target) => {
    const id = `${target.config.account.id}/${target.clusterName}`;
    const owner = owners.get(id);
    if (owner === undefined) {
      owners.set(id, target);
      return [];
    }
    const message = `is also the cluster name of ${owner.name} in the same account; write another`;
    return [{ target, finding: { path: ["cluster", "name"], value: target.clusterName, message } }];
  });
};
