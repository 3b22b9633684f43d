import { hostedZoneFindings } from "../network/hosted-zones";
import type { Finding, TargetCheck } from "../finding";

export const ingressCheck: TargetCheck = (target): Finding[] => {
  const { ingress, network, cni } = target.config;
  if (ingress === undefined) return [];
  const { loadBalancers, dns, certificates, nginx } = ingress;
  return [
    ...hostedZoneFindings(target),
    ...(certificates !== undefined && dns === undefined
      ? [
          {
            path: ["ingress", "certificates"],
            message:
              "prove a name by a record in its zone, and there is no zone; write ingress.dns.zones: { <domain>: <zone id> }",
          },
        ]
      : []),
    ...(loadBalancers.publicNamespaces.length > 0 && network.egress.kind === "none"
      ? [
          {
            path: ["ingress", "loadBalancers", "publicNamespaces"],
            message: "need public subnets, and egress: none leaves no way to the internet; remove them",
            related: [["network", "egress"]],
          },
        ]
      : []),
    ...(loadBalancers.wafAclArn !== undefined && loadBalancers.publicNamespaces.length === 0
      ? [
          {
            path: ["ingress", "loadBalancers", "wafAclArn"],
            message:
              "is for public load balancers, and no namespace may have one; write publicNamespaces too",
          },
        ]
      : []),
    ...(nginx?.scaling.kind === "by-load" && target.config.metricsServer === undefined
      ? [
          {
            path: ["ingress", "nginx", "autoscaling"],
            message: "needs the metrics server; write metricsServer: {}",
            related: [["metricsServer"]],
          },
        ]
      : []),
    ...(cni.kind === "cilium-overlay" && nginx !== undefined
      ? [
          {
            path: ["ingress", "nginx"],
            message:
              "needs pods that load balancers can reach, and an overlay has none; use another cni.kind",
            related: [["cni", "kind"]],
          },
        ]
      : []),
  ];
};
