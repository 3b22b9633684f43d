import { partitionOf } from "../facts/regions";
import type { IdentityPolicies } from "../modules/pod-identity";

/** ARNs of zones in Route 53. */
export function zoneArns(ids: readonly string[], region: string): string[] {
  const partition = partitionOf(region);
  return [...ids].sort().map((id) => `arn:${partition}:route53:::hostedzone/${id}`);
}

/**
 * What an identity needs to become other roles. With sts:TagSession, because the session tags of EKS Pod Identity are
 * transitive: they go along into each further role (EKS User Guide, "Grant Pods access to AWS resources based on tags").
 */
export function assumesZoneWriters(roleArns: readonly string[]): IdentityPolicies {
  return {
    attachCustomPolicy: true,
    policyStatements: [
      {
        sid: "BecomeZoneWriters",
        actions: ["sts:AssumeRole", "sts:TagSession"],
        resources: [...new Set(roleArns)].sort(),
      },
    ],
  };
}
