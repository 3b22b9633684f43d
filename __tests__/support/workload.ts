import type { Workload } from "../../src/modules/workloads/workload";

const HTTP = { name: "http", port: 80, targetPort: 8080, protocol: "http" } as const;

/** A service in namespace shop; a test lays over it only what it is about. */
export function aWorkload(over: Partial<Workload> = {}): Workload {
  const { name = "web" } = over;
  return {
    name,
    app: name,
    namespace: "shop",
    image: "registry.corp/web:1",
    controller: "deployment",
    ports: [HTTP],
    replicas: 2,
    resources: { cpus: 0.25, memoryMiB: 256, memoryLimitMiB: 512 },
    environment: {},
    service: { kind: "cluster-ip" },
    secrets: [],
    volumes: [],
    storageClass: "gp3",
    probes: { port: HTTP, live: "/livez", ready: "/readyz", startupSeconds: 60 },
    shutdown: { drainSeconds: 10, graceSeconds: 30 },
    placement: { nodeLabels: {}, tolerations: [], zones: "preferred" },
    place: { partition: "aws", region: "us-east-1", accountId: "111122223333" },
    ...over,
  };
}
