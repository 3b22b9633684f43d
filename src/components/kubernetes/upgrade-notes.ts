import type { UpgradeNote } from "../component";

const eks = (version: string) =>
  `EKS user guide, release notes for Kubernetes versions on standard support, ${version}`;

export const upgradeNotes: readonly UpgradeNote[] = [
  { since: "1.34", says: "AppArmor is deprecated: move teams' profiles to seccomp", source: eks("1.34") },
  {
    since: "1.34",
    says: "VolumeAttributesClass is storage.k8s.io/v1: change manifests of v1beta1",
    source: eks("1.34"),
  },
  {
    since: "1.34",
    says: "nodes have containerd 2.1: read its release notes for settings that your own AMIs and user data make",
    source: eks("1.34"),
  },
  {
    since: "1.35",
    says: "the kubelet does not start on cgroup v1: move your own AMIs, and AL2023 where it was set to v1, to v2 first",
    source: eks("1.35"),
  },
  {
    since: "1.35",
    says: "the last minor with containerd 1.x, which your own AMIs may still have",
    source: eks("1.35"),
  },
];
