import type { ConfigPath } from "../../config/read/source-node";
import { hasRole } from "../../model/workloads";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";
import { policyFindings } from "./policies";

/** Identities that EKS refuses as a second one of their service account, or that would reach into the platform. */
export const podIdentityCheck: TargetCheck = (target) => {
  const { config } = target;
  const owners = new Map(workloadAccounts(target));
  return Object.entries(config.podIdentities).flatMap(([name, identity]): Finding[] => {
    const path: ConfigPath = ["podIdentities", name];
    const account = `${identity.namespace}/${identity.serviceAccount}`;
    const owner = owners.get(account);
    owners.set(account, `podIdentities.${name}`);
    return [
      ...(target.platformNamespaces.includes(identity.namespace)
        ? [
            {
              path: [...path, "namespace"],
              message:
                "is a namespace of the platform, whose components have identities of their own; write another one",
            },
          ]
        : []),
      ...(owner === undefined
        ? []
        : [
            {
              path: [...path, "serviceAccount"],
              message: `has a role from ${owner} already, and EKS takes one for a service account; keep one of them`,
            },
          ]),
      ...policyFindings([...path, "policyArns"], identity.policyArns ?? [], config.account.id),
    ];
  });
};

function workloadAccounts({ workloads }: Target): [string, string][] {
  return Object.entries(workloads)
    .filter(([, workload]) => hasRole(workload))
    .map(([name, { namespace }]) => [`${namespace}/${name}`, `workloads.${name}.identity`]);
}
