import type { ChartValues } from "../../chart-values";
import type { Manifest } from "../../manifest";
import { CANARY, serviceHost, STABLE } from "./routes";
import type { DestinationPolicy, Locality, RoutedService, Traffic, TrafficPlatform } from "./traffic";

type Mesh = NonNullable<TrafficPlatform["mesh"]>;
type Outliers = NonNullable<DestinationPolicy["outliers"]>;

/** Istio's own figures (DestinationRule reference, OutlierDetection). */
const DEFAULT_OUTLIERS: Outliers = {
  consecutive5xxErrors: 5,
  interval: "10s",
  baseEjectionTime: "30s",
};
const DEFAULT_EJECTION = 10;

export const destinationRuleName = ({ name }: Pick<RoutedService, "name">): string => name;

/** How callers' proxies use a service; undefined: nothing of it is asked. */
export function destinationRule(
  service: RoutedService,
  { subsets, destination }: Pick<Traffic, "subsets" | "destination">,
  { mesh, api }: Pick<TrafficPlatform, "mesh" | "api">,
): Manifest | undefined {
  if (mesh === undefined) return undefined;
  const versions = api === "istio" ? versionsOf(service, subsets) : [];
  if (versions.length === 0 && destination === undefined) return undefined;
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: destinationRuleName(service), namespace: service.namespace },
    spec: {
      host: serviceHost(service.name, service.namespace),
      trafficPolicy: trafficPolicy(destination ?? {}, mesh, service),
      ...(versions.length > 0 && { subsets: versions }),
    },
  };
}

function versionsOf(service: RoutedService, subsets: Traffic["subsets"]): ChartValues[] {
  // Argo Rollouts adds the label that tells the two apart.
  const all =
    service.rollout === true
      ? { [STABLE]: service.selector, [CANARY]: service.selector, ...subsets }
      : subsets;
  return Object.entries(all).map(([name, labels]) => ({ name, labels }));
}

function trafficPolicy(
  { connections, outliers, locality }: DestinationPolicy,
  mesh: Mesh,
  { inMesh = true }: RoutedService,
): ChartValues {
  const failsOver = mesh.peers || locality !== undefined;
  return {
    // In an ambient mesh the nodes' proxies do mutual TLS by themselves; pods of no mesh don't speak it.
    ...(mesh.dataPlane === "sidecar" && inMesh && { tls: { mode: "ISTIO_MUTUAL" } }),
    ...(connections && { connectionPool: connectionPool(connections) }),
    // Without it Istio knows of no pod that fails, and calls stay where nobody answers.
    ...((outliers || failsOver) && {
      outlierDetection: outlierDetection(outliers ?? DEFAULT_OUTLIERS, failsOver),
    }),
    ...(locality && { loadBalancer: { localityLbSetting: localitySetting(locality) } }),
  };
}

function outlierDetection(outliers: Outliers, failsOver: boolean): ChartValues {
  const { consecutive5xxErrors, interval, baseEjectionTime, maxEjectionPercent } = outliers;
  return {
    consecutive5xxErrors,
    interval,
    baseEjectionTime,
    maxEjectionPercent: maxEjectionPercent ?? (failsOver ? 100 : DEFAULT_EJECTION),
  };
}

function connectionPool(connections: NonNullable<DestinationPolicy["connections"]>): ChartValues {
  const { max, connectTimeout, pendingRequests, requests, requestsPerConnection, idleTimeout } = connections;
  return {
    tcp: defined({ maxConnections: max, connectTimeout }),
    http: defined({
      http1MaxPendingRequests: pendingRequests,
      http2MaxRequests: requests,
      maxRequestsPerConnection: requestsPerConnection,
      idleTimeout,
    }),
  };
}

function defined(values: ChartValues): ChartValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function localitySetting(locality: Locality): ChartValues {
  switch (locality.kind) {
    case "nearest":
      return { enabled: true };
    case "failover": {
      const regions = Object.entries(locality.regions).sort();
      return { enabled: true, failover: regions.map(([from, to]) => ({ from, to })) };
    }
    case "distribute": {
      const shares = Object.entries(locality.shares).sort();
      return {
        enabled: true,
        distribute: shares.map(([from, to]) => ({ from: zonesOf(from), to: byZones(to) })),
      };
    }
  }
}

/** Istio writes a locality as region/zone. */
const zonesOf = (region: string): string => `${region}/*`;

function byZones(shares: Readonly<Record<string, number>>): ChartValues {
  return Object.fromEntries(Object.entries(shares).map(([region, share]) => [zonesOf(region), share]));
}
