import type { EksManagedNodeGroupCloudinitPreNodeadm } from "../registry/eks-managed-node-group";

/** AL2023: a NodeConfig beside the one that EKS writes; nodeadm merges them. */
export function al2023UserData(maxPods: number): EksManagedNodeGroupCloudinitPreNodeadm[] {
  const content = [
    "---",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${maxPods}`,
    "",
  ].join("\n");
  return [{ content_type: "application/node.eks.aws", content }];
}

/** Bottlerocket: settings in TOML, merged with EKS's. */
export function bottlerocketSettings(maxPods: number): string {
  return ["[settings.kubernetes]", `"max-pods" = ${maxPods}`, ""].join("\n");
}
