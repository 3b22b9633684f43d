import type { Manifest } from "../../manifest-release";
import { isGrpc, routesOf, splitOf, versionServiceName } from "./routes";
import type { RoutedService, Traffic, TrafficPlatform } from "./traffic";

/** Targets of an ALB that the Gateway API makes: the controller's own default is nodes, asked at `/`. */
export function targetGroup(
  service: RoutedService,
  traffic: Traffic,
  { targetType }: Pick<TrafficPlatform, "targetType">,
): Manifest[] {
  const grpc = routesOf(traffic).every((route) => isGrpc(route, service));
  const split = splitOf(service, traffic);
  const names = split
    ? Object.keys(split).map((subset) => versionServiceName(service.name, subset))
    : [service.name];
  return names.map((name) => ({
    apiVersion: "gateway.k8s.aws/v1",
    kind: "TargetGroupConfiguration",
    metadata: { name, namespace: service.namespace },
    spec: {
      targetReference: { group: "", kind: "Service", name },
      defaultConfiguration: {
        targetType,
        ...(grpc && { protocolVersion: "GRPC" }),
        healthCheckConfig: grpc
          ? { healthCheckPath: "/grpc.health.v1.Health/Check", matcher: { grpcCode: "0" } }
          : { healthCheckPath: "/readyz", matcher: { httpCode: "200" } },
      },
    },
  }));
}
