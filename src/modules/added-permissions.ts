import type { AllowedCalls } from "../components/calls-of";
import { permissionsOf } from "../components/controller-permissions";
import type { EksPodIdentityPolicyStatement } from "./registry/eks-pod-identity";

/** Statements for what a ready-made policy of the registry module lacks. */
export function addedPermissions(
  component: string,
  family?: "ipv4" | "ipv6",
): EksPodIdentityPolicyStatement[] {
  return (permissionsOf(component, family)?.added ?? []).map(statement);
}

function statement({ sid, actions, resourceTag }: AllowedCalls): EksPodIdentityPolicyStatement {
  return {
    sid,
    actions,
    // Describe actions know no resources; others are narrowed by the controller's own tag.
    resources: ["*"],
    ...(resourceTag && {
      condition: [
        { test: "StringLike", variable: `aws:ResourceTag/${resourceTag.key}`, values: [resourceTag.value] },
      ],
    }),
  };
}
