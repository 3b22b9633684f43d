/** What a load balancer asks of pods, and which answers are right. */
export interface HealthCheck {
  readonly path: string;
  readonly codes: string;
}

/** Where the service says nothing of it. A gRPC server answers by its health protocol (grpc/grpc, doc/health-checking.md). */
export function defaultHealthCheck(grpc: boolean): HealthCheck {
  return grpc ? { path: "/grpc.health.v1.Health/Check", codes: "0" } : { path: "/readyz", codes: "200" };
}
