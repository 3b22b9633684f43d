import type { NameKind } from "../facts/name-limits";
import { gatewayAlbName } from "../facts/istio-gateways";
import { ingressGatewaysOf } from "./ingress-gateways";
import { istioOf } from "./mesh";
import { policyEnforcer } from "./namespaces";
import type { ConfigPath } from "../config/read/source-node";
import type { Target } from "./target";
import { hasRole, rolePurpose } from "./workloads";

/** A name that the platform joins of what the config says. */
export interface JoinedName {
  readonly kind: NameKind;
  readonly name: string;
  /** The value that makes it what it is. */
  readonly path: ConfigPath;
  /** That value. */
  readonly value: string;
  /** A second value that it is made of. */
  readonly with?: ConfigPath;
}

const CLUSTER: ConfigPath = ["cluster", "name"];

/**
 * Every joined name that could be too long or be made twice. Others are short beside every cluster name
 * (shared limit of the schema: 40), and end in something that no config writes.
 */
export function joinedNames(target: Target): JoinedName[] {
  return [...roleNames(target), ...releaseNames(target), ...clusterNames(target)];
}

function roleNames({ config, clusterName }: Target): JoinedName[] {
  const { nodes, karpenter, secrets, ingress, workloads } = config;
  const role = (purpose: string, path: ConfigPath = CLUSTER, value = clusterName): JoinedName => ({
    kind: "iamRole",
    name: `${clusterName}-${purpose}`,
    path,
    value,
    ...(path !== CLUSTER && { with: CLUSTER }),
  });
  return [
    role("cluster"),
    // Before the groups: what joins to the same name as one of these can be renamed.
    ...(karpenter ? [role("karpenter", ["karpenter"]), role("karpenter-nodes", ["karpenter"])] : []),
    ...Object.keys(nodes).map((name) => role(`${name}-nodes`, ["nodes", name], name)),
    ...Object.keys(secrets?.stores ?? {}).map((name) =>
      role(`secrets-${name}`, ["secrets", "stores", name], name),
    ),
    ...(ingress ? [role("aws-load-balancer-controller")] : []),
    ...Object.entries(workloads ?? {})
      .filter(([, workload]) => hasRole(workload))
      .map(([name]) => role(rolePurpose(name), ["workloads", name], name)),
  ];
}

/** Releases of a namespace are named after it. */
function releaseNames({ config }: Target): JoinedName[] {
  const { namespaces, mesh, observability } = config;
  const collector = observability?.openTelemetry?.namespace;
  const istio = istioOf(mesh);
  const release = (prefix: string, namespace: string, path: ConfigPath): JoinedName => ({
    kind: "helmRelease",
    name: `${prefix}-${namespace}`,
    path,
    value: namespace,
  });
  return [
    // Of the platform's namespaces only the collector's has a name that somebody chooses (platform-namespace.ts).
    ...(collector !== undefined && policyEnforcer(config) !== undefined
      ? [release("network-policies", collector, ["observability", "openTelemetry", "namespace"])]
      : []),
    ...Object.keys(namespaces).map((name) => release("policies", name, ["namespaces", name])),
    ...Object.entries(istio?.allow ?? {}).flatMap(([name, { namespace, from }]) => [
      release("sidecars", namespace, ["mesh", "allow", name, "namespace"]),
      ...from.map((each, index) => release("sidecars", each, ["mesh", "allow", name, "from", index])),
    ]),
    ...ingressGatewaysOf(istio).flatMap(({ key, name, path, front }): JoinedName[] => {
      const joined: JoinedName = { kind: "helmRelease", name, path, value: key ?? name };
      return front.kind === "alb" ? [joined, { ...joined, name: gatewayAlbName(name) }] : [joined];
    }),
    ...(istio?.kind === "istio-ambient"
      ? istio.waypoints.map((name, index) => release("waypoint", name, ["mesh", "waypoints", index]))
      : []),
  ];
}

function clusterNames({ config, clusterName }: Target): JoinedName[] {
  if (config.cni.kind === "vpc-cni") return [];
  return [{ kind: "ciliumCluster", name: clusterName, path: CLUSTER, value: clusterName }];
}
