import { NETWORK, problemsIn } from "../../support/problems";

const ISTIO =
  "mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }\ningress: {}\n";
const GATEWAYS = `gateways:
    open: { hosts: [a.example.com], namespaces: [shop], tls: { secret: edge } }
    secure: { hosts: [b.example.com], namespaces: [shop], tls: { passthrough: true } }
`;
const TCP = "{ tls: { port: 5432, protocol: tcp } }";
const HTTP = "{ http: { port: 80, targetPort: 8080, protocol: http } }";

interface Written {
  readonly ports: string;
  readonly traffic: string;
  readonly platform?: string;
  readonly more?: string;
  readonly labels?: string;
}

function said({
  ports,
  traffic,
  platform = `${ISTIO}traffic:\n  api: istio\n  ${GATEWAYS}`,
  more = "",
  labels = "{ labels: { istio-injection: enabled } }",
}: Written): string[] {
  return problemsIn(`${NETWORK}${platform}namespaces: { shop: ${labels} }
workloads:
  db:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/db:1.0.0
    ports: ${ports}
    resources: { cpus: 0.25, memoryMiB: 256 }
    traffic: ${traffic}
${more}`)
    .map((line) => line.replace(/^\S+  /, ""))
    .filter((line) => !line.includes("npx octarine vendor gateway-api"));
}

test.each<[string, Written]>([
  ["TLS passed on", { ports: TCP, traffic: "{ gateway: secure, hosts: [b.example.com] }" }],
  ["connections in the mesh", { ports: TCP, traffic: "{ destination: { connections: { max: 100 } } }" }],
  ["a limit of requests", { ports: HTTP, traffic: "{ rateLimit: { requests: 50 } }" }],
])("%s has no problem", (_what, written) => {
  expect(said(written)).toEqual([]);
});

const AT = "workloads.db.traffic";

test.each<[string, Written, string]>([
  [
    "a service of TCP behind a gateway that reads requests",
    { ports: TCP, traffic: "{ gateway: open, hosts: [a.example.com] }" },
    `${AT}.gateway: open  reads requests, and all ports are TCP; write a gateway with tls: { passthrough: true }, where the pods speak TLS, or service: { kind: nlb }`,
  ],
  [
    "requests behind a gateway that passes TLS on",
    { ports: HTTP, traffic: "{ gateway: secure, hosts: [b.example.com] }" },
    `${AT}.gateway: secure  passes TLS on as it is, and this service's requests would not be read; write a gateway with tls: { secret }, or protocol: tcp of all ports, and TLS in the pods`,
  ],
  [
    "paths of a service of TCP",
    { ports: TCP, traffic: "{ routes: [{ prefix: /api }] }" },
    `${AT}.routes  are for requests, and all ports are TCP; remove them: shares are in split`,
  ],
  [
    "TCP by an ALB",
    {
      ports: TCP,
      traffic: "{ hosts: [a.example.com] }",
      platform: "ingress: {}\ntraffic: { api: alb-ingress }\n",
      labels: "{}",
    },
    `${AT}  is for requests, and all ports are TCP, which an ALB does not take; write traffic.api: istio, or service: { kind: nlb }`,
  ],
  [
    "TCP by the Gateway API",
    { ports: TCP, traffic: "{}", platform: `${ISTIO}traffic: { api: gateway-api, implementation: istio }\n` },
    `${AT}  has only TCP ports, and TCPRoute and TLSRoute are in the Gateway API's experimental channel (v1.3.0 and v1.4.1, config/crd/standard), which is not installed; write traffic.api: istio, or service: { kind: nlb }`,
  ],
  [
    "a limit for all pods together",
    { ports: HTTP, traffic: "{ rateLimit: { requests: 50, scope: global } }" },
    `${AT}.rateLimit.scope: global  needs a rate limit service and a Redis behind it, which this platform does not install: each request would wait for both; limit each pod, or write a rate-based rule in the web ACL of an ALB`,
  ],
  [
    "a limit of pods without sidecars",
    { ports: HTTP, traffic: "{ rateLimit: { requests: 50 } }", labels: "{}" },
    `${AT}.rateLimit  is kept by sidecars, and pods of namespace shop have none; write namespaces.shop.labels: { istio-injection: enabled }, or remove it`,
  ],
  [
    "a limit of connections",
    { ports: TCP, traffic: "{ rateLimit: { requests: 50 } }" },
    `${AT}.rateLimit  is for requests, and all ports are TCP; remove it`,
  ],
  [
    "a burst below the rate",
    { ports: HTTP, traffic: "{ rateLimit: { requests: 50, burst: 10 } }" },
    `${AT}.rateLimit.burst: 10  is below requests, 50, which would never be taken; write 50 or more`,
  ],
  [
    "a time that Envoy refuses",
    { ports: HTTP, traffic: "{ rateLimit: { requests: 50, per: 20ms } }" },
    `${AT}.rateLimit.per: 20ms  is below 50ms, the least that Envoy takes; write 50ms or more`,
  ],
])("refuses %s", (_what, written, problem) => {
  expect(said(written)).toEqual([problem]);
});

test("an ALB in front ends TLS, which its gateway can't pass on", () => {
  const platform = `mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: { loadBalancer: alb } }
ingress: {}
traffic: { api: istio, gateways: { secure: { hosts: [b.example.com], namespaces: [shop], tls: { passthrough: true } } } }
`;
  expect(said({ ports: TCP, traffic: "{ gateway: secure, hosts: [b.example.com] }", platform })).toEqual([
    "traffic.gateways.secure.tls  passes TLS on, and the ALB in front ends it; write { secret }, or loadBalancer: nlb",
  ]);
});
