import { gatewayImplementation } from "../../model/traffic";
import type { Finding } from "../finding";
import type { RoutedWorkload } from "./routed-workload";

/** Services that speak nothing but TCP: connections are routed, by port or by server name, and only by Istio's API. */
export function tcpFindings(routed: RoutedWorkload): Finding[] {
  const { workload, traffic, target } = routed;
  const named = traffic.gateway === undefined ? undefined : target.gateways[traffic.gateway];
  const passes = named?.by === "istio" && named.tls.kind === "passthrough";
  const isTcp = Object.values(workload.ports).every(({ protocol }) => protocol === "tcp");
  if (!isTcp) {
    if (!passes) return [];
    const message =
      "passes TLS on as it is, and this service's requests would not be read; write a gateway with tls: { secret }, or protocol: tcp of all ports, and TLS in the pods";
    return [{ path: ["gateway"], message, related: [["traffic", "gateways"]] }];
  }
  if (target.config.traffic?.api !== "istio") return [{ path: [], message: apiMessage(routed) }];
  return [
    ...(traffic.routes.length > 0
      ? [
          {
            path: ["routes"],
            message: "are for requests, and all ports are TCP; remove them: shares are in split",
          },
        ]
      : []),
    ...(named !== undefined && !passes
      ? [
          {
            path: ["gateway"],
            message:
              "reads requests, and all ports are TCP; write a gateway with tls: { passthrough: true }, where the pods speak TLS, or service: { kind: nlb }",
          },
        ]
      : []),
    ...(workload.controller === "rollout"
      ? [
          {
            path: [],
            message:
              "is what Argo Rollouts moves requests by, and all ports are TCP; write controller: deployment",
          },
        ]
      : []),
  ];
}

function apiMessage({ target: { config } }: RoutedWorkload): string {
  const other = "write traffic.api: istio, or service: { kind: nlb }";
  if (config.traffic?.api === "alb-ingress")
    return `is for requests, and all ports are TCP, which an ALB does not take; ${other}`;
  return gatewayImplementation(config.traffic) === undefined
    ? `is for requests, and all ports are TCP; ${other}`
    : `has only TCP ports, and TCPRoute and TLSRoute are in the Gateway API's experimental channel (v1.3.0 and v1.4.1, config/crd/standard), which is not installed; ${other}`;
}
