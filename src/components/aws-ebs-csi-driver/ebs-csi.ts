import { systemTolerations } from "../../modules/platform-pods";

/**
 * Configuration of the aws-ebs-csi-driver add-on. A list replaces the add-on's own, whose second toleration is kept
 * (kubernetes-sigs/aws-ebs-csi-driver, charts/aws-ebs-csi-driver/values.yaml). Its pods on nodes tolerate everything.
 */
export function ebsCsiConfiguration(): object {
  const leaveLate = { effect: "NoExecute", operator: "Exists", tolerationSeconds: 300 };
  return { controller: { tolerations: [...systemTolerations, leaveLate] } };
}
