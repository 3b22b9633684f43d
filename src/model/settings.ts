import type { Target } from "./target";

/** What a target is set to, for what is made of it: stacks know the target, and not how its files are read. */
type Config = Target["config"];

export type CniSettings = Config["cni"];
/** What people must decide and write down (docs/readiness.md). */
export type DecisionName = keyof Config["decisions"];
export type EgressSettings = Config["network"]["egress"];
export type IngressSettings = NonNullable<Config["ingress"]>;
export type MeshSettings = NonNullable<Config["mesh"]>;
export type CiliumMeshSettings = Extract<MeshSettings, { readonly kind: "cilium" }>;
export type IstioSettings = Exclude<MeshSettings, CiliumMeshSettings>;
export type MeshAuthoritySettings = NonNullable<MeshSettings["certificateAuthority"]>;
export type NodeGroupSettings = Config["nodes"][string];
export type ObservabilitySettings = NonNullable<Config["observability"]>;
export type PodSecurityGroupSettings = NonNullable<Config["cni"]["securityGroupsForPods"]>;
export type PolicySettings = NonNullable<Target["policies"]>;
export type SecretSettings = NonNullable<Config["secrets"]>;
export type ServiceSettings = Target["workloads"][string];
