import type { ChartValues } from "../../chart-values";
import type { Route } from "./traffic";

/** What requests a path of an Ingress is for: a gRPC call is a path of its service and method. */
export function ingressPath({ path, prefix, grpc }: Route): ChartValues {
  const whole = path ?? (grpc?.method === undefined ? undefined : `/${grpc.service}/${grpc.method}`);
  if (whole !== undefined) return { path: whole, pathType: "Exact" };
  return { path: grpc ? `/${grpc.service}` : (prefix ?? "/"), pathType: "Prefix" };
}
