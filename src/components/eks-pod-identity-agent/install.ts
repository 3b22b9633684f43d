import { EksAddon } from "../../modules/eks-addon";
import type { Installation, Installing } from "../installing";

export function installPodIdentityAgent({ scope, target, clusterName }: Installing): Installation {
  const { addon } = new EksAddon(scope, "pod-identity", {
    clusterName,
    addonName: "eks-pod-identity-agent",
    version: target.release.addons["eks-pod-identity-agent"].version,
  });
  return { release: addon };
}
