import { Construct } from "constructs";
import { EksAddon } from "../../modules/eks-addon";

export type KubeProxyMode = "nftables" | "iptables" | "ipvs";

export interface KubeProxyProps {
  readonly clusterName: string;
  readonly version: string;
  readonly mode: KubeProxyMode;
}

/** Configuration of the kube-proxy add-on. */
export function kubeProxyConfiguration(mode: KubeProxyMode) {
  return mode === "ipvs" ? { mode, ipvs: { scheduler: "rr" } } : { mode };
}

/** kube-proxy as an EKS add-on, where Cilium does not take its place. */
export class KubeProxy extends Construct {
  readonly release: EksAddon["addon"];

  constructor(scope: Construct, id: string, { clusterName, version, mode }: KubeProxyProps) {
    super(scope, id);
    this.release = new EksAddon(this, "kube-proxy", {
      clusterName,
      addonName: "kube-proxy",
      version,
      configuration: kubeProxyConfiguration(mode),
    }).addon;
  }
}
