import type { FitSettings } from "../releases/matrix/setting-rules";
import { istioDataPlane, masqueradesByBpf } from "./mesh";
import type { TargetConfig } from "./schema/target";

/** What the matrix of versions wants to know of a target. */
export function fitSettings({ cni, mesh }: Pick<TargetConfig, "cni" | "mesh">): FitSettings {
  const dataPlane = istioDataPlane(mesh);
  return {
    cni: cni.kind,
    networkPolicyAgent: cni.kind === "vpc-cni" && cni.networkPolicy,
    ...(dataPlane !== undefined && {
      istio: { dataPlane },
      // As the cni stack sets them beside Istio.
      cilium: {
        exclusive: false,
        socketLbHostNamespaceOnly: true,
        bpfMasquerade: masqueradesByBpf(cni),
      },
    }),
  };
}
