import { EAST_WEST_PORT } from "./flows";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import type { Manifest } from "../../modules/manifest";
import { EAST_WEST_ROLE, gatewayValues, ISTIO_NAMESPACE } from "./istio-values";
import { anyCaller } from "../../modules/mesh/mesh-policies";

const NAME = "istio-eastwestgateway";

export interface EastWestGatewayProps {
  readonly chart: ChartRef;
  /** Network that it leads into. */
  readonly network: string;
  /** IPv4 ranges that peers come from: nobody else may call its load balancer. */
  readonly callers: readonly string[];
  /** Over the internet only where somebody gave a reason. */
  readonly scheme: "internal" | "internet-facing";
  readonly defaultDeny: boolean;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * The way into this network for workloads of others. It sees the name that a caller wants and passes the connection on:
 * mutual TLS is between the workloads. istiod finds its load balancer by the service and resolves its name.
 */
export class EastWestGateway extends Construct {
  constructor(scope: Construct, id: string, props: EastWestGatewayProps) {
    super(scope, id);
    const { chart, network, callers, scheme, defaultDeny, dependsOn } = props;
    const { release } = new HelmRelease(this, NAME, {
      chart,
      namespace: ISTIO_NAMESPACE,
      values: gatewayValues({
        name: NAME,
        role: EAST_WEST_ROLE,
        replicas: { min: 2, max: 5 },
        values: { networkGateway: network },
        service: { loadBalancerSourceRanges: [...callers].sort() },
        scheme,
      }),
      dependsOn,
    });
    new ManifestRelease(this, "mesh-peers", {
      namespace: ISTIO_NAMESPACE,
      manifests: {
        gateway: crossNetworkGateway(),
        failover: localFirst(),
        ...(defaultDeny && { allow: anyCaller("east-west-gateway", ISTIO_NAMESPACE, EAST_WEST_ROLE) }),
      },
      dependsOn: [release],
    });
  }
}

function crossNetworkGateway(): Manifest {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "cross-network-gateway", namespace: ISTIO_NAMESPACE },
    spec: {
      selector: { istio: EAST_WEST_ROLE },
      servers: [
        {
          port: { number: EAST_WEST_PORT, name: "tls", protocol: "TLS" },
          tls: { mode: "AUTO_PASSTHROUGH" },
          hosts: ["*.local"],
        },
      ],
    },
  };
}

/**
 * Calls stay in their own zone and region as long as somebody answers there: without outlier detection Istio knows of
 * nobody that does not. The figures are Istio's defaults, but that all of a region may be left out. A DestinationRule
 * of a service takes the place of this one.
 */
function localFirst(): Manifest {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "local-first", namespace: ISTIO_NAMESPACE },
    spec: {
      host: "*.local",
      trafficPolicy: {
        outlierDetection: {
          consecutive5xxErrors: 5,
          interval: "10s",
          baseEjectionTime: "30s",
          maxEjectionPercent: 100,
        },
      },
    },
  };
}
