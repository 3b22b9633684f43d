import type { ChartValues } from "../../chart-values";
import type { Route } from "./traffic";

/** What requests a path of an Ingress is for: a gRPC call is a path of its service and method. */
export function ingressPath({ match }: Pick<Route, "match">): ChartValues {
  switch (match.kind) {
    case "any":
      return { path: "/", pathType: "Prefix" };
    case "prefix":
      return { path: match.prefix, pathType: "Prefix" };
    case "path":
      return { path: match.path, pathType: "Exact" };
    case "grpc-service":
      return { path: `/${match.service}`, pathType: "Prefix" };
    case "grpc-method":
      return { path: `/${match.service}/${match.method}`, pathType: "Exact" };
  }
}
