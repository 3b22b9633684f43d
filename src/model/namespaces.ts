import { interfaceServices } from "../facts/endpoint-services";
import { platformNamespaces } from "../components/namespaces";
import { type NamespaceConfig, namespaceSchema } from "../config/schema/namespaces";
import { anyPoliciesSchema, type PoliciesConfig } from "../config/schema/policies";
import type { TargetConfig } from "../config/schema/target";

/** Who enforces network policies in a target; undefined: nobody. */
export function policyEnforcer({ cni }: Pick<TargetConfig, "cni">): "kubernetes" | "cilium" | undefined {
  if (cni.kind !== "vpc-cni") return "cilium";
  return cni.networkPolicy ? "kubernetes" : undefined;
}

/** Namespaces of the platform, and the one that a target gives the collector. */
export function platformNamespacesOf({ observability }: Pick<TargetConfig, "observability">): string[] {
  const collector = observability?.openTelemetry?.namespace;
  return [...new Set([...platformNamespaces, ...(collector === undefined ? [] : [collector])])];
}

/** Namespaces that the target makes: those declared, and those that only a security group policy names. */
export function namespacesOf({ namespaces, cni }: TargetConfig): Readonly<Record<string, NamespaceConfig>> {
  const named = Object.values(cni.securityGroupsForPods?.policies ?? {}).map(({ namespace }) => namespace);
  const added = named.filter((name) => name !== "default" && !(name in namespaces));
  return { ...Object.fromEntries(added.map((name) => [name, namespaceSchema.parse({})])), ...namespaces };
}

/** Policies of a target; undefined where there are neither policies nor namespaces. */
export function policiesOf(config: TargetConfig): PoliciesConfig | undefined {
  if (config.policies !== undefined) return config.policies;
  return Object.keys(namespacesOf(config)).length > 0 ? anyPoliciesSchema.parse({}) : undefined;
}

/** Pod Security and default deny of a namespace: its own, or what holds for all. */
export function namespaceSettings(
  namespace: NamespaceConfig,
  policies: PoliciesConfig,
): Required<Pick<NamespaceConfig, "podSecurity" | "defaultDeny">> {
  return {
    podSecurity: namespace.podSecurity ?? policies.podSecurity,
    defaultDeny: namespace.defaultDeny ?? policies.defaultDeny,
  };
}

/** Whether nothing passes in a namespace but what is allowed. */
export function isClosed(config: TargetConfig, name: string): boolean {
  const policies = policiesOf(config);
  const namespace = config.namespaces[name];
  if (policies === undefined || namespace === undefined || policyEnforcer(config) === undefined) return false;
  return namespaceSettings(namespace, policies).defaultDeny.enabled;
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
