import { Fault } from "../../text/errors";
import type { Installing } from "../installing";
import { KubeProxy } from "./kube-proxy";

export function installKubeProxy({ scope, target, clusterName }: Installing): KubeProxy {
  const { config, release } = target;
  const { cni } = config;
  if (cni.kind !== "vpc-cni" && cni.kind !== "cilium-chaining")
    throw new Fault(`${target.name} has no kube-proxy`);
  return new KubeProxy(scope, "kube-proxy", {
    clusterName,
    version: release.addons["kube-proxy"].version,
    mode: cni.kubeProxy.kind,
  });
}
