import type { DeclaredFlow, FlowEnd } from "../../src/model/flows";
import { namespaceCalls } from "../../src/model/mesh-calls";
import { formatCidr } from "../../src/ip-capacity/cidr";
import type { ConfigPath } from "../../src/config/read/source-node";
import { aTarget } from "../support/fixtures";

const SERVICE =
  "image: registry.corp/x:1, ports: { http: { port: 80, targetPort: 8080, protocol: http }, admin: { port: 9000, protocol: tcp } }, resources: { cpus: 0.1, memoryMiB: 64 }";
const target = aTarget(`
mesh: { kind: istio, id: a, trustDomain: a.b, allow: { open: { namespace: stock, from: [edge] } } }
namespaces:
  edge: { labels: { istio-injection: enabled } }
  payments:
    labels: { istio-injection: enabled }
    allow:
      - { pods: { app: job }, to: { fqdn: api.example.com, port: 443 } }
      - { from: { loadBalancer: internal, port: 8443 } }
workloads:
  web: { namespace: edge, ${SERVICE}, dependencies: [{ workload: api, ports: [http] }, { cidr: 10.9.0.0/24, port: 53, protocol: UDP }] }
  api: { namespace: payments, ${SERVICE}, callers: [{ namespace: edge }], controller: stateful-set }
  quiet: { namespace: payments, ${SERVICE}, controller: stateful-set, peers: [] }
  crowd: { namespace: payments, ${SERVICE}, peers: [admin] }
`);
const { config } = target;

const end = (each: FlowEnd): string => {
  switch (each.kind) {
    case "pods":
      return [each.namespace, each.workload ?? JSON.stringify(each.pods)].filter(Boolean).join("/");
    case "range":
      return formatCidr(each.cidr);
    case "name":
      return each.fqdn;
    case "load-balancer":
      return each.scheme;
  }
};
const line = ({ declared, caller, called, ports }: DeclaredFlow): string =>
  `${declared.by}: ${end(caller)} -> ${end(called)} ${ports === "all" ? ports : ports.map(({ port, protocol }) => `${port}/${protocol}`).join()}`;

test("every key that declares a call is in the one list", () => {
  expect(target.flows.map(line).sort()).toEqual([
    "mesh: edge -> stock all",
    "namespace: internal -> payments 8443/TCP",
    'namespace: payments/{"app":"job"} -> api.example.com 443/TCP',
    "workload: edge -> payments/api 8080/TCP,9000/TCP",
    "workload: edge/web -> 10.9.0.0/24 53/UDP",
    "workload: edge/web -> payments/api 8080/TCP",
    "workload: payments/api -> payments/api 8080/TCP,9000/TCP",
    "workload: payments/crowd -> payments/crowd 9000/TCP",
  ]);
});

test("sidecars know the namespaces that theirs calls, each once", () => {
  expect(namespaceCalls(config)).toEqual([
    { from: "edge", to: "payments" },
    { from: "edge", to: "stock" },
  ]);
});

test("each says where it is written, for messages", () => {
  const at = (path: ConfigPath): unknown =>
    path.reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], config);

  const { flows } = target;
  expect(flows).not.toHaveLength(0);
  for (const { path } of flows) expect({ path, is: typeof at(path) }).not.toEqual({ path, is: "undefined" });
  expect(flows.map(({ path }) => path.join(".")).sort()).toEqual([
    "mesh.allow.open.from.0",
    "namespaces.payments.allow.0",
    "namespaces.payments.allow.1",
    "workloads.api.callers.0",
    "workloads.api.controller",
    "workloads.crowd.peers",
    "workloads.web.dependencies.0",
    "workloads.web.dependencies.1",
  ]);
});

test("the list is made once for a target", () => {
  expect(target.flows).toBe(target.flows);
});
