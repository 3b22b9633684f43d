import type { ConfigPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";

/** Security groups for pods that would do nothing, or harm. Whether node types take trunks is for `maxPodsCheck`. */
export const podSecurityGroupCheck: TargetCheck = ({ config, platformNamespaces, mesh }) => {
  const { cni } = config;
  if (cni.securityGroupsForPods === undefined) return [];
  const { enforcingMode, policies } = cni.securityGroupsForPods;
  const path: ConfigPath = ["cni", "securityGroupsForPods"];
  const platform = platformNamespaces;
  const findings: Finding[] = [];
  if (enforcingMode === "strict" && cni.kubeProxy.kind !== "iptables") {
    findings.push({
      path: [...path, "enforcingMode"],
      value: "strict",
      message: `works with kube-proxy in iptables mode only (aws/amazon-vpc-cni-k8s README), and it is ${cni.kubeProxy.kind}; write cni.kubeProxy: { kind: iptables }, or standard`,
      related: [["cni", "kubeProxy", "kind"]],
    });
  }
  if (enforcingMode === "strict" && mesh.dataPlane === "ambient") {
    findings.push({
      path: [...path, "enforcingMode"],
      value: "strict",
      message:
        "drops the kubelet's probes of pods in an ambient mesh, which come from a link-local address (Istio, platform prerequisites for EKS); write standard",
      related: [["mesh", "kind"]],
    });
  }
  for (const [name, { namespace }] of Object.entries(policies)) {
    if (!platform.includes(namespace)) continue;
    findings.push({
      path: [...path, "policies", name, "namespace"],
      message:
        "holds what the cluster itself needs, which must not wait for branch interfaces; write another",
    });
  }
  return findings;
};
