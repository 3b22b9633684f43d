import type { Construct } from "constructs";
import type { Target } from "../../model/target";
import { inTarget, podRolePurpose } from "../../model/workloads";
import { PodIdentity } from "../../modules/pod-identity";

/** Roles of service accounts that others make later: EKS keeps an association for one that is not there yet. */
export function addPodIdentities(scope: Construct, { config, region, clusterName }: Target): void {
  for (const [name, identity] of Object.entries(config.podIdentities)) {
    const { namespace, serviceAccount, statements, policyArns = [] } = identity;
    new PodIdentity(scope, `pod-identity-${name}`, {
      clusterName,
      purpose: podRolePurpose(name),
      serviceAccount: { namespace, name: serviceAccount },
      policies: {
        ...(statements && {
          attachCustomPolicy: true,
          policyStatements: statements.map(({ name: sid, actions, resources }) => ({
            sid,
            actions,
            resources: resources.map((each) => inTarget(each, config, region)),
          })),
        }),
        ...(policyArns.length > 0 && {
          additionalPolicyArns: Object.fromEntries(policyArns.map((arn) => [arn, arn])),
        }),
      },
      awaited: false,
    });
  }
}
