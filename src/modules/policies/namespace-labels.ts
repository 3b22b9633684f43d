import type { Labels } from "./labels";

export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

export interface NamespaceLabelsInput {
  readonly podSecurity: PodSecurityLevel;
  /** `1.35`. Pinned: "latest" would change what is refused with the control plane's next version. */
  readonly kubernetesVersion: string;
  readonly team?: string;
  readonly labels?: Labels;
}

/** Label that names the team which a namespace belongs to. */
export const TEAM_LABEL = "octarine/team";

/**
 * Labels of a namespace. Pod Security refuses what is above its level, and warns and records what is above restricted,
 * so that a namespace with an exemption shows what keeps it from going back.
 */
export function namespaceLabels({
  podSecurity,
  kubernetesVersion,
  team,
  labels,
}: NamespaceLabelsInput): Record<string, string> {
  const version = `v${kubernetesVersion}`;
  return {
    ...labels,
    ...(team !== undefined && { [TEAM_LABEL]: team }),
    "pod-security.kubernetes.io/enforce": podSecurity,
    "pod-security.kubernetes.io/enforce-version": version,
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/audit-version": version,
    "pod-security.kubernetes.io/warn": "restricted",
    "pod-security.kubernetes.io/warn-version": version,
  };
}
