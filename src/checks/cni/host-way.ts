import { argoCdRoute } from "../../model/argo-cd-route";
import { isInZone } from "../../model/hosted-zones";
import type { ConfigPath } from "../../config/read/source-node";
import type { TargetConfig } from "../../config/schema/target";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

/** A name, and the load balancer that answers to it. */
interface Way {
  readonly host: string;
  /** The same for all that share one. */
  readonly balancer: string;
  readonly owner: string;
  readonly path: ConfigPath;
  readonly remedy: string;
}

/**
 * Names that lead to two load balancers. A record has one target: of two sources external-dns takes one (v0.21.0,
 * plan/conflict.go), and what is behind the other is never reached.
 */
export const hostWayCheck: TargetCheck = (target): Finding[] => {
  const { config } = target;
  const zones = Object.keys(config.ingress?.dns?.zones ?? {});
  const first = new Map<string, Way>();
  return [...gatewayWays(target), ...serviceWays(target), ...argoCdWays(config)].flatMap((way): Finding[] => {
    if (!zones.some((zone) => isInZone(way.host, zone))) return [];
    const other = first.get(way.host) ?? way;
    first.set(way.host, other);
    if (other.balancer === way.balancer) return [];
    const message = `is also a name of ${other.owner}, behind another load balancer, and a name has one record; ${way.remedy}`;
    return [{ path: way.path, message, related: [other.path] }];
  });
};

/** Two gateways with one name are for `trafficCheck`. */
function gatewayWays({ gateways }: Target): Way[] {
  return Object.entries(gateways).flatMap(([name, { hosts }]) =>
    hosts.map((host, index) => ({
      host,
      balancer: "gateways",
      owner: `gateway ${name}`,
      path: ["traffic", "gateways", name, "hosts", index],
      remedy: "write it in one of them",
    })),
  );
}

function serviceWays({ config, workloads }: Target): Way[] {
  if (config.traffic?.api !== "alb-ingress") return [];
  return Object.entries(workloads).flatMap(([name, { traffic }]) =>
    (traffic?.hosts ?? []).map((host, index) => ({
      host,
      balancer:
        traffic?.ingress?.class === "nginx"
          ? "class nginx"
          : traffic?.ingress?.group === undefined
            ? `service ${name}`
            : `group ${traffic.ingress.group}`,
      owner: `service ${name}`,
      path: ["workloads", name, "traffic", "hosts", index],
      remedy: "write the same ingress.group for both, or another name",
    })),
  );
}

function argoCdWays(config: TargetConfig): Way[] {
  const host = config.gitops?.argocd.host;
  const route = argoCdRoute(config);
  if (host === undefined || route?.kind !== "alb") return [];
  return [
    {
      host,
      balancer: route.group === undefined ? "Argo CD" : `group ${route.group}`,
      owner: "Argo CD",
      path: ["gitops", "argocd", "host"],
      remedy:
        "add namespace argocd to the gateway's namespaces, write the same group for both, or another name",
    },
  ];
}
