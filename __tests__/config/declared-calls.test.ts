import { declaredCalls } from "../../src/config/declared-calls";
import { aTarget } from "../support/fixtures";

test("dependencies on other namespaces are calls that sidecars know", () => {
  const service =
    "image: registry.corp/x:1, ports: { http: { port: 80, targetPort: 8080, protocol: http } }, resources: { cpus: 0.1, memoryMiB: 64 }";
  const { config } = aTarget(`
workloads:
  web: { namespace: edge, ${service}, dependencies: [{ workload: api }, { namespace: stock, port: 80 }] }
  api: { namespace: payments, ${service} }
`);

  expect(declaredCalls(config)).toEqual([
    { namespace: "payments", from: ["edge"], ports: [] },
    { namespace: "stock", from: ["edge"], ports: [] },
  ]);
});
