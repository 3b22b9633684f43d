import type { Target } from "../config/target";
import { formatCidr } from "../ip-capacity/cidr";
import { noProxy, type ProxyEnvironment } from "../modules/network/proxy-environment";
import { interfaceServices } from "../modules/network/vpc-endpoints";

/** The proxy that nodes and pods of a target use; undefined where traffic leaves by routes. */
export function proxyOf({ region, config }: Pick<Target, "region" | "config">): ProxyEnvironment | undefined {
  const { network, cluster, cni } = config;
  const { egress, endpoints, connections, vpcCidr } = network;
  if (egress.kind !== "proxy") return undefined;
  return {
    httpsProxy: egress.httpsProxy,
    httpProxy: egress.httpProxy ?? egress.httpsProxy,
    noProxy: noProxy({
      region,
      vpcCidrs: [formatCidr(vpcCidr)],
      serviceCidr: formatCidr(cluster.serviceCidr),
      ...(cni.kind === "cilium-overlay" && { podCidr: formatCidr(cni.podCidr) }),
      connectedCidrs: (connections.onPremises?.cidrs ?? []).map(formatCidr),
      endpointServices: interfaceServices(endpoints.set, endpoints.additional),
      additional: egress.noProxy,
    }),
  };
}
