import { isGrpcRoute } from "../../../facts/grpc-routes";
import type { Manifest } from "../../manifest";
import { ingressName } from "./alb-ingress";
import { ingressPath } from "./ingress-path";
import { backendsOf, forwardingRoutes, routesOf } from "./routes";
import type { NginxOptions, RoutedService, Traffic, TrafficPlatform } from "./traffic";

const PREFIX = "nginx.ingress.kubernetes.io";

/** A service behind ingress-nginx, which is retired: by paths only. */
export function nginxIngress(
  service: RoutedService,
  traffic: Traffic,
  { tlsSecret, maxBodySize }: NginxOptions,
  platform: Pick<TrafficPlatform, "services">,
): Manifest {
  const routes = routesOf(traffic);
  const paths = forwardingRoutes(traffic).flatMap((route) =>
    backendsOf(route, service, traffic, platform).map(({ service: name, port }) => ({
      ...ingressPath(route),
      backend: { service: { name, port: { number: port } } },
    })),
  );
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: ingressName(service),
      namespace: service.namespace,
      annotations: {
        [`${PREFIX}/ssl-redirect`]: "true",
        ...(maxBodySize !== undefined && { [`${PREFIX}/proxy-body-size`]: maxBodySize }),
        ...(routes.every((route) => isGrpcRoute(route, service)) && {
          [`${PREFIX}/backend-protocol`]: "GRPC",
        }),
      },
    },
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: [...traffic.hosts], ...(tlsSecret !== undefined && { secretName: tlsSecret }) }],
      rules: traffic.hosts.map((host) => ({ host, http: { paths } })),
    },
  };
}
