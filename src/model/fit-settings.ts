import type { FitSettings } from "../releases/matrix/setting-rules";
import { istioDataPlane, masqueradesByBpf } from "./mesh";
import type { TargetConfig } from "../config/schema/target";
import { gatewayImplementation } from "./traffic";

/** What the matrix of versions wants to know of a target. */
export function fitSettings({
  cni,
  mesh,
  network,
  traffic,
}: Pick<TargetConfig, "cni" | "mesh" | "network" | "traffic">): FitSettings {
  const dataPlane = istioDataPlane(mesh);
  return {
    cni: cni.kind,
    ipv6: network.ipv6.mode === "ipv6",
    awsGateways: gatewayImplementation(traffic) === "aws",
    networkPolicyAgent: cni.kind === "vpc-cni" && cni.networkPolicy,
    ciliumPrefixes: cni.kind === "cilium-eni" && cni.prefixDelegation,
    ...(dataPlane !== undefined && {
      istio: { dataPlane },
      // As the cni stack sets them beside Istio.
      cilium: {
        exclusive: false,
        socketLbHostNamespaceOnly: true,
        bpfMasquerade: masqueradesByBpf(cni),
        hostLegacyRouting: dataPlane === "ambient",
      },
    }),
  };
}
