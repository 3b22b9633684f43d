import type { Construct } from "constructs";
import { ManifestRelease } from "../../modules/manifest-release";
import { proxyConfigMap } from "../../modules/proxy-config-map";
import { PlatformStack, type PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { clusterContract } from "../cluster/cluster-contract";
import { refusalsOf } from "../cluster/running-cluster-of";
import { cniContract } from "./cni-contract";

/** Pod networking, in a state of its own before the nodes': a node without a CNI never becomes Ready. */
export class CniStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "cni", props);
    this.refuse(...refusalsOf(this, this.target, "cni"));
    this.readStack("cluster", clusterContract);
    this.installComponents();
    this.addProxyForPods();
    const { addons, charts } = this.target.release;
    const { kind } = this.target.config.cni;
    publish(this, cniContract, {
      kind,
      version: kind === "vpc-cni" ? addons["vpc-cni"].version : charts.cilium.version,
    });
  }

  private addProxyForPods(): void {
    const { proxy } = this.target;
    if (proxy === undefined) return;
    this.need("helm");
    new ManifestRelease(this, "egress-proxy", {
      namespace: "kube-system",
      // Namespaces that are always there; whoever makes others adds the same ConfigMap.
      manifests: {
        "kube-system": proxyConfigMap("kube-system", proxy),
        default: proxyConfigMap("default", proxy),
      },
      wait: false,
    });
  }
}
