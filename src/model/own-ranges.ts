import type { Cidr } from "../ip-capacity/cidr";
import type { TargetConfig } from "../config/schema/target";
import type { ConfigPath } from "../config/read/source-node";

/** A range that a target says it uses, and where. */
export interface OwnRange {
  readonly kind: "vpc" | "services" | "pods";
  readonly label: string;
  readonly path: ConfigPath;
  readonly cidr: Cidr;
}

/** Ranges of the target's own: what must differ from everything it is connected with. */
export function ownRanges({
  network,
  cluster,
  cni,
}: Pick<TargetConfig, "network" | "cluster" | "cni">): OwnRange[] {
  const vpc = { kind: "vpc", label: "VPC", path: ["network", "vpcCidr"], cidr: network.vpcCidr } as const;
  const secondary = network.secondaryCidrs.map((cidr, index) => ({
    kind: "vpc" as const,
    label: "secondary range",
    path: ["network", "secondaryCidrs", index],
    cidr,
  }));
  const services = {
    kind: "services",
    label: "service range",
    path: ["cluster", "serviceCidr"],
    cidr: cluster.serviceCidr,
  } as const;
  return [
    vpc,
    ...secondary,
    // EKS chooses an IPv6 cluster's service range.
    ...(network.ipv6.mode === "ipv6" ? [] : [services]),
    ...(cni.kind === "cilium-overlay"
      ? [{ kind: "pods" as const, label: "pod range", path: ["cni", "podCidr"], cidr: cni.podCidr }]
      : []),
  ];
}
