import type { Target } from "../model/target";
import { formatCidr } from "../ip-capacity/cidr";
import { noProxy, type ProxyEnvironment } from "../modules/network/proxy-environment";
import { interfaceServices } from "../facts/endpoint-services";

/** The proxy that nodes and pods of a target use; undefined where traffic leaves by routes. */
export function proxyOf(target: Target): ProxyEnvironment | undefined {
  const { network, cluster, cni } = target.config;
  const { egress, endpoints } = network;
  if (egress.kind !== "proxy") return undefined;
  return {
    httpsProxy: egress.httpsProxy,
    httpProxy: egress.httpProxy ?? egress.httpsProxy,
    noProxy: noProxy({
      region: target.region,
      vpcCidrs: target.vpcCidrs.map(formatCidr),
      serviceCidr: formatCidr(cluster.serviceCidr),
      ...(cni.kind === "cilium-overlay" && { podCidr: formatCidr(cni.podCidr) }),
      connectedCidrs: target.connectedRanges.map(formatCidr),
      endpointServices: interfaceServices(endpoints.set, endpoints.additional),
      additional: egress.noProxy,
    }),
  };
}
