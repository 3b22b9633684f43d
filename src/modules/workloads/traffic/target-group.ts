import { isGrpcRoute } from "../../../facts/grpc-routes";
import { DEREGISTRATION_DELAY, deregistrationDelaySeconds } from "../../../facts/load-balancer-drain";
import type { Manifest } from "../../manifest";
import { defaultHealthCheck } from "./health-check";
import { backendServiceName, backendsOf, forwardingRoutes, leadsTo, routesOf } from "./routes";
import type { RoutedService, Traffic, TrafficPlatform } from "./traffic";

/** Targets of an ALB that the Gateway API makes: the controller's own default is nodes, asked at `/`. */
export function targetGroup(
  service: RoutedService,
  traffic: Traffic,
  platform: Pick<TrafficPlatform, "targetType" | "services">,
): Manifest[] {
  const grpc = routesOf(traffic).every((route) => isGrpcRoute(route, service));
  const { path, codes } = defaultHealthCheck(grpc);
  const names = forwardingRoutes(traffic)
    .flatMap((route) => backendsOf(route, service, traffic, platform))
    .filter((backend) => leadsTo(backend, service))
    .map(backendServiceName);
  return [...new Set(names)].map((name) => ({
    apiVersion: "gateway.k8s.aws/v1",
    kind: "TargetGroupConfiguration",
    metadata: { name, namespace: service.namespace },
    spec: {
      targetReference: { group: "", kind: "Service", name },
      defaultConfiguration: {
        targetType: platform.targetType,
        ...(grpc && { protocolVersion: "GRPC" }),
        healthCheckConfig: {
          healthCheckPath: path,
          matcher: { [grpc ? "grpcCode" : "httpCode"]: codes },
        },
        ...(service.drainSeconds !== undefined &&
          platform.targetType === "ip" && {
            targetGroupAttributes: [
              {
                key: DEREGISTRATION_DELAY,
                value: String(deregistrationDelaySeconds(service.drainSeconds)),
              },
            ],
          }),
      },
    },
  }));
}
