import { physicalName } from "./physical-names";

/** Names of roles that one stack makes and another has to name before they exist. */
export function karpenterControllerRole(clusterName: string): string {
  return physicalName("iamRole", clusterName, "karpenter");
}
