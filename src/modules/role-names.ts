import { physicalName } from "./physical-names";

/** Roles that one stack makes and another names before they exist. */
export function karpenterControllerRole(clusterName: string): string {
  return physicalName("iamRole", clusterName, "karpenter");
}
