import type { Family } from "./found/group";

/** EKS API Reference, Nodegroup, amiType. */
export function familyOf(amiType: string): Family {
  if (amiType.startsWith("WINDOWS")) return "windows";
  if (amiType.startsWith("BOTTLEROCKET"))
    return amiType.includes("FIPS") ? "bottlerocket-fips" : "bottlerocket";
  return amiType.startsWith("AL2023") ? "al2023" : "other";
}

/** EKS writes NO_SCHEDULE where Kubernetes has NoSchedule. */
export const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};
