import { DEFAULT_DRAIN_SECONDS, type LoadBalancerKind } from "../facts/load-balancer-drain";
import type { TargetConfig } from "../config/schema/target";
import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import { routesOf } from "./service-traffic";
import { gatewayImplementation, loadBalancerTargets } from "./traffic";
import { workloadsOf } from "./workloads";

/** Seconds between the end of new requests being announced and SIGTERM, where only proxies of the cluster have to hear it. */
const DRAIN_IN_CLUSTER_SECONDS = 10;

type Config = Pick<TargetConfig, "workloads" | "traffic" | "cni">;

/** The load balancer whose targets the pods of a service are; undefined: none, or its targets are nodes. */
export function loadBalancerOf(
  name: string,
  { app = name, namespace }: Pick<WorkloadConfig, "app" | "namespace">,
  config: Config,
): LoadBalancerKind | undefined {
  if (loadBalancerTargets(config.cni) !== "ip") return undefined;
  const all = workloadsOf(config);
  // The one that takes longer decides.
  if (all[app]?.service?.kind === "nlb") return "nlb";
  const known = routed.get(config) ?? routedTo(config);
  routed.set(config, known);
  return known.has(`${namespace}/${app}`) ? "alb" : undefined;
}

const routed = new WeakMap<Config, ReadonlySet<string>>();

/** Services that load balancers send the requests of routes to, by namespace and name; found once for all services. */
function routedTo(config: Config): ReadonlySet<string> {
  const backends = Object.entries(workloadsOf(config)).flatMap(([name, { namespace, traffic }]) =>
    traffic === undefined || !byLoadBalancer(traffic, config)
      ? []
      : routesOf(name, { namespace }, traffic).flatMap(({ action }) =>
          action.kind === "forward" ? action.to : [],
        ),
  );
  return new Set(backends.map(({ service, namespace }) => `${namespace}/${service}`));
}

function byLoadBalancer(
  { ingress, gateway }: NonNullable<WorkloadConfig["traffic"]>,
  { traffic }: Config,
): boolean {
  if (traffic?.api === "alb-ingress") return ingress?.class !== "nginx";
  return gatewayImplementation(traffic) === "aws" && gateway !== undefined;
}

/** Seconds that pods of a service go on serving before SIGTERM. */
export function drainSecondsOf(name: string, workload: WorkloadConfig, config: Config): number {
  const { drainSeconds } = workload.shutdown;
  if (drainSeconds !== undefined) return drainSeconds;
  const loadBalancer = loadBalancerOf(name, workload, config);
  return loadBalancer === undefined ? DRAIN_IN_CLUSTER_SECONDS : DEFAULT_DRAIN_SECONDS[loadBalancer];
}

/** Namespaces whose pods load balancers have as targets: of declared services, and where teams may make their own. */
export function loadBalancedNamespaces(
  config: Config & Pick<TargetConfig, "namespaces" | "ingress">,
): ReadonlySet<string> {
  if (config.ingress === undefined || loadBalancerTargets(config.cni) !== "ip") return new Set();
  const declared = Object.entries(workloadsOf(config))
    .filter(([name, workload]) => loadBalancerOf(name, workload, config) !== undefined)
    .map(([, { namespace }]) => namespace);
  const own = Object.entries(config.namespaces)
    // Without a limit, none is meant to be made there.
    .filter(([, { quota }]) => quota?.loadBalancers !== undefined && quota.loadBalancers > 0)
    .map(([name]) => name);
  return new Set([...declared, ...own, ...config.ingress.loadBalancers.publicNamespaces]);
}
