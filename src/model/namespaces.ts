import { interfaceServices } from "../facts/endpoint-services";
import { platformNamespaces } from "../components/namespaces";
import { type NamespaceConfig, namespaceSchema } from "../config/schema/namespaces";
import { anyPoliciesSchema, type PoliciesConfig } from "../config/schema/policies";
import type { TargetConfig } from "../config/schema/target";
import { joinsMesh } from "./mesh";

export type PolicyEnforcer = "kubernetes" | "cilium";

/** Who enforces network policies in a target; undefined: nobody. */
export function policyEnforcer({ cni }: Pick<TargetConfig, "cni">): PolicyEnforcer | undefined {
  if (cni.kind !== "vpc-cni") return "cilium";
  return cni.networkPolicy ? "kubernetes" : undefined;
}

/** Namespaces of the platform, and the one that a target gives the collector. */
export function platformNamespacesOf({ observability }: Pick<TargetConfig, "observability">): string[] {
  const collector = observability?.openTelemetry?.namespace;
  return [...new Set([...platformNamespaces, ...(collector === undefined ? [] : [collector])])];
}

/** A namespace with what holds in it: its own settings, or those that hold for all. */
export type ResolvedNamespace = Omit<NamespaceConfig, "podSecurity" | "defaultDeny"> &
  Required<Pick<NamespaceConfig, "podSecurity" | "defaultDeny">> & {
    /** Whether nothing passes but what is allowed: it denies by default, and somebody enforces that. */
    readonly closed: boolean;
    /** Whether its labels put its pods into Istio's mesh. */
    readonly inMesh: boolean;
  };

/** Namespaces that a target makes: those declared, and those that only a security group policy names. */
export function namespacesOf(config: TargetConfig): Readonly<Record<string, ResolvedNamespace>> {
  const policies = policiesOf(config);
  if (policies === undefined) return {};
  const enforced = policyEnforcer(config) !== undefined;
  const added = namedOnly(config).map((name) => [name, namespaceSchema.parse({})] as const);
  const all: Readonly<Record<string, NamespaceConfig>> = {
    ...Object.fromEntries(added),
    ...config.namespaces,
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, namespace]) => {
      const podSecurity = namespace.podSecurity ?? policies.podSecurity;
      const defaultDeny = namespace.defaultDeny ?? policies.defaultDeny;
      const closed = enforced && defaultDeny.enabled;
      const inMesh = joinsMesh(config.mesh, namespace.labels);
      return [name, { ...namespace, podSecurity, defaultDeny, closed, inMesh }];
    }),
  );
}

/** Namespaces that only a security group policy names. */
function namedOnly({ namespaces, cni }: TargetConfig): string[] {
  const named = Object.values(cni.securityGroupsForPods?.policies ?? {}).map(({ namespace }) => namespace);
  return named.filter((name) => name !== "default" && !(name in namespaces));
}

/** Policies of a target; undefined where there are neither policies nor namespaces. */
export function policiesOf(config: TargetConfig): PoliciesConfig | undefined {
  if (config.policies !== undefined) return config.policies;
  return Object.keys(config.namespaces).length + namedOnly(config).length > 0
    ? anyPoliciesSchema.parse({})
    : undefined;
}

/** Whether nothing passes in a namespace of the target but what is allowed. */
export function isClosed(
  { namespaces }: { readonly namespaces: Readonly<Record<string, Pick<ResolvedNamespace, "closed">>> },
  name: string,
): boolean {
  return namespaces[name]?.closed ?? false;
}

/** Registries that images may come from. */
export function allowedRegistries(
  { account, images }: Pick<TargetConfig, "account" | "images">,
  { allowedRegistries: given }: PoliciesConfig,
  region: string,
): readonly string[] {
  if (given !== undefined) return given;
  return [images?.mirror ?? `${account.id}.dkr.ecr.${region}.amazonaws.com`];
}

/** Where SDKs change a pod's token for credentials (AWS SDKs reference, "AWS STS Regional endpoints"). */
export function stsHost(region: string): string {
  return `sts.${region}.amazonaws.com`;
}

/** Whether STS has addresses in the VPC. */
export function hasStsEndpoint({ endpoints }: Pick<TargetConfig["network"], "endpoints">): boolean {
  return interfaceServices(endpoints.set, endpoints.additional).includes("sts");
}
