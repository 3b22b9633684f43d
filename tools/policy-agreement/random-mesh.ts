import type { MeshFlow } from "../../src/reachability/mesh/mesh-flow";
import type { HttpRequest } from "../../src/reachability/policy/http";
import type { Peer, Pods } from "../../src/reachability/policy/peers";
import type { Random } from "./random";
import type { Fields } from "./words";

const MESHED = ["shop", "bank"] as const;
const EVERYWHERE = ["shop", "bank", "plain"] as const;
const APPS = ["web", "api"] as const;
const PORTS = [8080, 9090, 5432, 7000] as const;

export interface RandomMesh {
  readonly meshConfig: Fields;
  readonly manifests: Fields[];
  readonly pods: [Pods, ...Pods[]];
}

/** A mesh of three namespaces, one of them without sidecars. */
export function randomMesh(random: Random): RandomMesh {
  const trustDomain = random.pick(["cluster.local", "acme.test"]);
  const meshConfig = {
    trustDomain,
    ...(random.chance(30) && { trustDomainAliases: ["old.test"] }),
    outboundTrafficPolicy: { mode: random.pick(["REGISTRY_ONLY", "ALLOW_ANY"]) },
    ...(random.chance(15) && { defaultServiceExportTo: ["."] }),
  };
  const manifests = [
    ...EVERYWHERE.map((name) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: name === "plain" ? {} : { "istio-injection": "enabled" } },
    })),
    ...EVERYWHERE.flatMap((namespace) => APPS.map((app) => service(random, namespace, app))),
    ...random.many(0, 3, () => sidecar(random)),
    ...random.many(0, 3, () => peerAuthentication(random)),
    ...random.many(0, 4, () => authorization(random, trustDomain)),
    ...random.many(0, 3, () => serviceEntry(random)),
    ...random.many(0, 1, () => destinationRule(random)),
  ].map((each, index) =>
    each.apiVersion === "v1" ? each : { ...each, metadata: { ...each.metadata, name: `o${index}` } },
  );
  const pods = EVERYWHERE.flatMap((namespace, index) =>
    APPS.map((app, number): Pods => pod(random, namespace, app, `10.200.${index}.${number + 1}`)),
  );
  const [first, ...others] = pods;
  if (first === undefined) throw new Error("no pods");
  return { meshConfig, manifests: onlyOne(manifests), pods: [first, ...others] };
}

/** One Sidecar and one PeerAuthentication of a namespace and its selector: which of two counts is up to their age. */
function onlyOne(
  manifests: readonly (Fields & { readonly kind: string; readonly metadata: Fields })[],
): Fields[] {
  const seen = new Set<string>();
  return manifests.filter(({ kind, metadata, ...rest }) => {
    if (kind !== "Sidecar" && kind !== "PeerAuthentication") return true;
    const spec = (rest as { spec?: Fields }).spec;
    const key = JSON.stringify([kind, metadata.namespace, spec?.selector ?? spec?.workloadSelector]);
    return !seen.has(key) && seen.add(key);
  });
}

function pod(random: Random, namespace: string, app: string, address: string): Pods {
  return {
    kind: "pods",
    name: `${namespace}/${app}`,
    namespace,
    labels: { app, ...(random.chance(10) && { "sidecar.istio.io/inject": "false" }) },
    serviceAccount: random.pick(["default", app]),
    ports: PORTS.map((port, index) => ({
      name: ["http", "grpc", "db", "odd"][index] ?? "",
      port,
      protocol: "TCP",
    })),
    address,
  };
}

function service(random: Random, namespace: string, app: string) {
  const exported = random.chance(15)
    ? { annotations: { "networking.istio.io/exportTo": random.pick([".", "*", "shop", "~"]) } }
    : {};
  const ports = [
    { name: "http", port: 80, targetPort: random.pick<string | number>(["http", 8080]) },
    { name: random.pick(["grpc", "http2-x"]), port: 9090 },
    { name: random.pick(["tcp", "tcp-db"]), port: 5432 },
    ...(random.chance(50) ? [{ name: "odd", port: 7000 }] : []),
  ];
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: app, namespace, ...exported },
    spec: { selector: { app }, ports },
  };
}

function sidecar(random: Random) {
  const namespace = random.pick(["shop", "bank", "istio-system"]);
  const host = (): string =>
    random.pick([
      "./*",
      "*/*",
      "bank/*",
      "shop/*",
      "plain/*",
      "~/*",
      "bank/web.bank.svc.cluster.local",
      "*/api.test",
      "./*.test",
      "*/*.svc.cluster.local",
    ]);
  return istio("networking", "Sidecar", namespace, {
    ...(namespace !== "istio-system" &&
      random.chance(30) && { workloadSelector: { labels: { app: random.pick(APPS) } } }),
    egress: [{ hosts: [...new Set(random.many(1, 3, host))] }],
    ...(random.chance(30) && {
      outboundTrafficPolicy: { mode: random.pick(["REGISTRY_ONLY", "ALLOW_ANY"]) },
    }),
  });
}

function peerAuthentication(random: Random) {
  const namespace = random.pick(["shop", "bank", "istio-system"]);
  const mode = () => random.pick(["STRICT", "STRICT", "PERMISSIVE", "UNSET"]);
  const selected = namespace !== "istio-system" && random.chance(40);
  return istio("security", "PeerAuthentication", namespace, {
    ...(selected && { selector: { matchLabels: { app: random.pick(APPS) } } }),
    mtls: { mode: mode() },
    ...(selected && random.chance(60) && { portLevelMtls: { [random.pick(PORTS)]: { mode: mode() } } }),
  });
}

function authorization(random: Random, trustDomain: string) {
  const namespace = random.pick(["shop", "bank", "bank", "istio-system"]);
  const action = random.chance(80) ? random.pick(["ALLOW", "ALLOW", "ALLOW", "DENY", "AUDIT"]) : undefined;
  // istiod refuses others without rules.
  const mayBeEmpty = action === undefined || action === "ALLOW";
  return istio("security", "AuthorizationPolicy", namespace, {
    ...(random.chance(50) && { selector: { matchLabels: { app: random.pick(APPS) } } }),
    ...(action !== undefined && { action }),
    ...((!mayBeEmpty || random.chance(90)) && {
      rules: random.many(1, 2, () => authorizationRule(random, trustDomain)),
    }),
  });
}

function authorizationRule(random: Random, trustDomain: string): Fields {
  return {
    ...(random.chance(60) && { from: random.many(1, 2, () => ({ source: source(random, trustDomain) })) }),
    ...(random.chance(60) && { to: random.many(1, 2, () => ({ operation: operation(random) })) }),
    ...(random.chance(15) && { when: [condition(random)] }),
  };
}

function source(random: Random, trustDomain: string): Fields {
  const principal = (): string =>
    random.pick([
      `${trustDomain}/ns/shop/sa/web`,
      "cluster.local/ns/shop/sa/web",
      "*/ns/bank/sa/api",
      "*",
      "old.test/ns/shop/sa/default",
      `${trustDomain}/ns/shop/*`,
    ]);
  return random.pick<Fields>([
    { principals: [principal()] },
    { notPrincipals: [principal()] },
    { namespaces: [random.pick(["shop", "bank", "sh*", "*"])] },
    { notNamespaces: ["shop"] },
    { serviceAccounts: [random.pick(["shop/web", "web", "bank/default"])] },
    { ipBlocks: [random.pick(["10.200.0.0/16", "10.200.1.1", "192.168.0.0/16"])] },
    { notIpBlocks: ["10.200.0.0/24"], namespaces: ["shop"] },
  ]);
}

function operation(random: Random): Fields {
  return random.pick<Fields>([
    { ports: [String(random.pick(PORTS))] },
    { notPorts: [String(random.pick(PORTS))] },
    { methods: ["GET"] },
    { methods: ["GET", "POST"], paths: ["/v1/*"], ports: ["8080"] },
    { paths: ["/admin", "*/items"] },
    { notPaths: ["/admin"] },
    { notMethods: ["GET"], ports: ["5432", "8080"] },
    { hosts: [random.pick(["shop.test", "*.test", "shop*"])] },
  ]);
}

function condition(random: Random): Fields {
  return random.pick<Fields>([
    { key: "source.namespace", values: ["shop"] },
    { key: "destination.port", notValues: ["8080"] },
    { key: "request.headers[x-key]", values: ["yes"] },
    { key: "source.principal", values: ["*"] },
  ]);
}

function serviceEntry(random: Random) {
  const kinds = random.pick([
    {
      hosts: [random.pick(["api.test", "pay.test"])],
      ports: [{ number: 443, name: "tls", protocol: "TLS" }],
    },
    { hosts: ["*.pay.test"], ports: [{ number: 443, name: "tls", protocol: "TLS" }] },
    { hosts: ["api.test"], ports: [{ number: 80, name: "http", protocol: "HTTP" }] },
    {
      hosts: ["db.internal"],
      addresses: ["10.50.0.0/16"],
      ports: [{ number: 3306, name: "tcp", protocol: "TCP" }],
    },
  ]);
  return istio("networking", "ServiceEntry", random.pick(["shop", "bank", "plain"]), {
    ...kinds,
    location: "MESH_EXTERNAL",
    resolution: "NONE",
    ...(random.chance(60) && { exportTo: [random.pick([".", "*", "shop"])] }),
  });
}

function destinationRule(random: Random) {
  const namespace = random.pick(MESHED);
  return istio("networking", "DestinationRule", namespace, {
    host: `${random.pick(APPS)}.${namespace}.svc.cluster.local`,
    trafficPolicy: { tls: { mode: random.pick(["DISABLE", "ISTIO_MUTUAL"]) } },
  });
}

function istio(group: string, kind: string, namespace: string, spec: Fields) {
  return { apiVersion: `${group}.istio.io/v1`, kind, metadata: { namespace } as Fields, spec };
}

export function randomMeshFlow(random: Random, pods: [Pods, ...Pods[]]): MeshFlow {
  const from: Peer = random.chance(90) ? random.pick(pods) : { kind: "address", address: "10.9.9.9" };
  const outside: [Peer, ...Peer[]] = [
    {
      kind: "name",
      name: random.pick(["api.test", "pay.test", "x.pay.test", "other.test"]),
      address: "192.0.2.1",
    },
    { kind: "address", address: random.pick(["10.50.1.1", "10.60.1.1"]) },
  ];
  if (from.kind === "pods" && random.chance(25)) {
    const to = random.pick(outside);
    const port = to.kind === "address" ? 3306 : random.pick([443, 80]);
    return { from, to, port, transport: "TCP", ...(port === 80 && { request: request(random) }) };
  }
  const port = random.pick(PORTS);
  return {
    from,
    to: random.pick(pods),
    port,
    transport: "TCP",
    ...((port === 8080 || port === 9090) && { request: request(random) }),
  };
}

function request(random: Random): HttpRequest {
  return {
    method: random.pick(["GET", "POST"]),
    path: random.pick(["/v1/items", "/admin", "/"]),
    host: "",
    headers: random.pick<HttpRequest["headers"]>([{}, { "x-key": "yes" }]),
  };
}
