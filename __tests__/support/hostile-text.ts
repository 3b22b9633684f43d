/** Text that Terraform would evaluate. It refers to what does not exist, so that nothing is read where it fails. */
export const hostile = (index: number) => `\${octarine_${index}}%{octarine_${index}}$\${kept_${index}}`;

/**
 * Targets that say something hostile wherever the schema lets a text do so: each `H` is one. Files by name; the targets are of
 * the sort that people have, so that every stack that could take the text is made.
 */
const ISTIO = `
cluster:
  deletionProtectionReason: "because H H"
  access: { shop: { role: shop-developers, kubernetesGroups: ["developers-H"] } }
network: { flowLogs: { kind: none, reason: "because of H" }, egress: { kind: nat-single, reason: "because of H" }, networkAcls: { kind: none, reason: "because of H" } }
cni: { kind: cilium-eni, hubble: { relay: true, metrics: ["http:labels=H"] } }
metricsServer: {}
keda:
  cloudWatch: true
  kafka:
    events:
      cluster: arn:aws:kafka:us-east-1:111122223333:cluster/events/1a2b-3c
      brokers: [b-1.events.a.c2.kafka.us-east-1.amazonaws.com:9098]
      cidrs: [10.0.0.0/24]
      topics: [orders]
      groups: ["group-H"]
nodes: { main: { placementGroup: { name: "group-H", strategy: partition } } }
podIdentities:
  worker:
    namespace: shop
    serviceAccount: worker
    statements: [{ name: Read, actions: ["s3:GetObject"], resources: ["arn:aws:s3:::orders/H/*"] }]
policies:
  exemptNamespaces: { legacy: "because of H" }
  admission: { imageRegistries: { action: warn, reason: "because of H" } }
namespaces:
  shop:
    podSecurity: { level: baseline, reason: "because of H" }
    allow: [{ from: { namespace: shop, port: 8080 }, http: [{ path: "/H" }], reason: "because of H" }]
ingress: { certificates: { email: "a@H.example.com" }, dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } } }
secrets: { stores: { app: { paths: [shop/], namespaces: [shop, argocd, monitoring] } } }
observability:
  prometheus: { grafana: { adminSecret: { store: app, name: shop/grafana } } }
  openTelemetry: { traces: { kind: otlp, endpoint: "https://otlp.example.com/" } }
gitops:
  repo: { url: "https://github.com/acme/fleet.git" }
  projects: { shop: { namespaces: [shop], groups: ["team-H"] } }
  argocd:
    host: argocd.example.com
    sso: { issuer: "https://login.example.com/H", secret: { store: app, name: shop/sso }, adminGroups: ["admins-H"] }
mesh: { kind: istio, id: acme, trustDomain: prod.acme.internal, mtls: { mode: permissive, reason: "because of H" }, defaultDeny: { enabled: false, reason: "because of H" } }
workloads:
  orders:
    namespace: shop
    image: "{account}.dkr.ecr.{region}.amazonaws.com/orders:1"
    ports: { http: { port: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 64 }
    scaling:
      horizontal:
        max: 4
        prometheus: [{ query: "sum(H)", perReplica: 1 }]
        cloudWatch: [{ namespace: "ns-H", metric: "metric-H", dimensions: { "name-H": "value-H" }, perReplica: 1 }]
        kafka: [{ cluster: events, topic: orders, group: "group-H", messagesPerReplica: 9 }]
    command: ["H"]
    args: ["H"]
    environment: { TEXT: "H" }
    secrets: { db: { kind: external-secret, store: app, keys: { PASSWORD: { name: shop/db, property: "H" } } } }
    identity: { statements: [{ name: Read, actions: ["s3:GetObject"], resources: ["arn:aws:s3:::orders/H/*"] }] }
    callers: [{ namespace: shop, reason: "because of H" }]
`;
const GATEWAY = `
cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }
namespaces: { shop: {} }
identity: { kind: spire, trustDomain: prod.acme.internal, caSubject: { country: DE, organization: "Acme" } }
traffic: { api: istio, gateways: { web: { hosts: [orders.example.com], namespaces: [shop], tls: { secret: tls-web } } } }
mesh: { kind: istio, id: acme, trustDomain: mesh.acme.internal, ingressGateway: {} }
workloads:
  orders:
    namespace: shop
    image: "{account}.dkr.ecr.{region}.amazonaws.com/orders:1"
    ports: { http: { port: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 64 }
    traffic:
      gateway: web
      hosts: [orders.example.com]
      routes:
        - { prefix: "/H", rewrite: "/H", headers: { x-a: "H", x-b: { exact: "H" }, x-c: { prefix: "H" }, x-d: { regex: "H" } } }
        - { path: "/x-H", redirect: { path: "/H" } }
`;
const ALB = `
cni: { kind: vpc-cni }
namespaces: { shop: {} }
ingress: { loadBalancers: { publicNamespaces: [shop] } }
traffic: { api: alb-ingress }
workloads:
  orders:
    namespace: shop
    image: "{account}.dkr.ecr.{region}.amazonaws.com/orders:1"
    ports: { http: { port: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 64 }
    traffic:
      hosts: [orders.example.com]
      ingress: { healthCheck: { path: "/H" } }
      routes: [{ prefix: "/H", headers: { x-a: "H" } }]
`;

/** YAML by what it is about, with the hostile texts in place. */
export function hostileTargets(): Readonly<Record<string, string>> {
  let index = 0;
  const filled = (text: string) => text.replace(/(?<![A-Za-z0-9])H(?![A-Za-z0-9])/g, () => hostile(index++));
  return { istio: filled(ISTIO), gateway: filled(GATEWAY), alb: filled(ALB) };
}
