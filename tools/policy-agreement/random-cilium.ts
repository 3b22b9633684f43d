import type { Random } from "./random";
import { type Fields, NAMES, NAMESPACES } from "./words";

const RANGES = [
  "10.0.0.0/8",
  "10.1.0.0/16",
  "10.1.2.0/24",
  "192.0.2.0/24",
  "0.0.0.0/0",
  "10.1.2.3/32",
  "2001:db8::/32",
  "::/0",
] as const;
const ENTITIES = [
  "all",
  "world",
  "cluster",
  "host",
  "remote-node",
  "kube-apiserver",
  "ingress",
  "health",
  "init",
  "unmanaged",
  "none",
  "world-ipv4",
  "world-ipv6",
] as const;
const PORTS = [
  "53",
  "80",
  "443",
  "8080",
  "8081",
  "9090",
  "0",
  "http",
  "grpc",
  "metrics",
  "HTTP",
  "010",
] as const;

export function ciliumPolicy(random: Random): Fields {
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { namespace: random.pick(NAMESPACES) },
    ...specs(random),
  };
}

export function clusterwide(random: Random): Fields {
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumClusterwideNetworkPolicy",
    metadata: {},
    ...specs(random),
  };
}

function specs(random: Random): Fields {
  return random.chance(85) ? { spec: spec(random) } : { specs: random.many(1, 2, () => spec(random)) };
}

function spec(random: Random): Fields {
  const lists = { ingress: 50, ingressDeny: 15, egress: 50, egressDeny: 15 };
  return {
    endpointSelector: ciliumSelector(random),
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([key, percent]) =>
        random.chance(percent) ? [[key, random.many(0, 3, () => ciliumRule(random, key))]] : [],
      ),
    ),
    ...(random.chance(15) && {
      enableDefaultDeny: random.pick([
        { ingress: false },
        { egress: false },
        { ingress: false, egress: false },
        { ingress: true },
      ]),
    }),
  };
}

function ciliumRule(random: Random, list: string): Fields {
  const side = list.startsWith("ingress") ? "from" : "to";
  const deny = list.endsWith("Deny");
  const peers: (() => Fields)[] = [
    () => ({}),
    () => ({ [`${side}Endpoints`]: random.many(random.chance(90) ? 1 : 0, 2, () => ciliumSelector(random)) }),
    () => ({ [`${side}Endpoints`]: random.many(1, 2, () => ciliumSelector(random)) }),
    () => ({ [`${side}Entities`]: random.many(1, 2, () => random.pick(ENTITIES)) }),
    () => ({ [`${side}CIDR`]: random.many(1, 2, () => random.pick(RANGES)) }),
    () => ({ [`${side}CIDRSet`]: random.many(1, 2, () => cidrRule(random)) }),
    ...(side === "to" && !deny
      ? [
          () => ({ toFQDNs: random.many(1, 2, () => nameRule(random)) }),
          () => ({ toFQDNs: [nameRule(random)] }),
        ]
      : []),
  ];
  const [first, ...others] = peers;
  const chosen = random.pick([first ?? (() => ({})), ...others])();
  return {
    ...chosen,
    ...(random.chance(3) && { [`${side}CIDR`]: ["10.0.0.0/8"] }),
    ...(random.chance(70) && { toPorts: random.many(1, 2, () => portRule(random, side, deny)) }),
    ...(!deny && random.chance(5) && { authentication: { mode: random.pick(["required", "disabled"]) } }),
  };
}

function portRule(random: Random, side: string, deny: boolean): Fields {
  if (!deny && side === "to" && random.chance(25))
    return {
      ports: [{ port: "53", protocol: random.pick(["ANY", "UDP", "TCP"]) }],
      rules: { dns: random.many(1, 2, () => nameRule(random)) },
    };
  if (!deny && random.chance(15))
    return {
      ports: [{ port: random.pick(["80", "8080", "http"]), protocol: "TCP" }],
      rules: { http: random.many(0, 2, () => httpRule(random)) },
    };
  return { ports: random.many(random.chance(95) ? 1 : 0, 2, () => ciliumPort(random)) };
}

function ciliumPort(random: Random): Fields {
  const port = random.pick(PORTS);
  const end = /^[1-9]\d*$/.test(port) && random.chance(15) ? Number(port) + random.below(1500) : undefined;
  return {
    port,
    ...(end !== undefined && { endPort: end }),
    ...(random.chance(70) && { protocol: random.pick(["TCP", "UDP", "ANY", "SCTP", "tcp"]) }),
  };
}

function httpRule(random: Random): Fields {
  return random.pick<Fields>([
    {},
    { method: "GET" },
    { method: "GET|POST", path: "/v1/.*" },
    { path: "/admin" },
    { host: "shop[.]test" },
    { headers: ["X-Key: yes"] },
    { headers: ["X-Key"] },
  ]);
}

function nameRule(random: Random): Fields {
  return random.pick([
    { matchName: random.pick(NAMES) },
    { matchName: "API.example.com." },
    { matchPattern: "*.example.com" },
    { matchPattern: "**.example.com" },
    { matchPattern: "*" },
    { matchPattern: "*.test" },
    { matchPattern: "d*.pay.test" },
  ]);
}

/** Without cidrGroupSelector: the labels that it selects are made by the agent's watchers, which run in no other program. */
function cidrRule(random: Random): Fields {
  return random.pick([
    { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] },
    { cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "192.0.2.0/24"] },
    { cidr: random.pick(RANGES) },
    { cidrGroupRef: random.pick(["vpn", "office"]) },
    { cidr: "10.1.0.0/16", except: random.chance(20) ? ["172.16.0.0/12"] : ["10.1.2.0/24"] },
  ]);
}

function ciliumSelector(random: Random): Fields {
  const word = (key: string): string => `${random.pick(["", "", "k8s:", "any:"])}${key}`;
  const namespace = random.pick(NAMESPACES);
  return random.pick<Fields>([
    {},
    {},
    { matchLabels: { [word("app")]: random.pick(["web", "api", "db"]) } },
    { matchLabels: { [word("app")]: "web", [word("role")]: random.pick(["x", "y"]) } },
    {
      matchLabels: {
        [random.pick(["k8s:io.kubernetes.pod.namespace", "io.kubernetes.pod.namespace"])]: namespace,
        ...(random.chance(50) && { app: "api" }),
      },
    },
    { matchLabels: { [`${random.pick(["", "k8s:"])}io.cilium.k8s.namespace.labels.team`]: "a" } },
    { matchLabels: { [`k8s:io.cilium.k8s.policy.serviceaccount`]: random.pick(["default", "web"]) } },
    { matchLabels: { "k8s:io.cilium.k8s.policy.cluster": random.pick(["default", "west"]), app: "web" } },
    {
      matchLabels: {
        [random.pick([
          "reserved:host",
          "reserved:remote-node",
          "reserved:world",
          "reserved:kube-apiserver",
          "reserved:init",
        ])]: "",
      },
    },
    {
      matchExpressions: [{ key: word("app"), operator: random.pick(["In", "NotIn"]), values: ["web", "db"] }],
    },
    { matchExpressions: [{ key: word("role"), operator: random.pick(["Exists", "DoesNotExist"]) }] },
    {
      matchExpressions: [
        {
          key: "k8s:io.kubernetes.pod.namespace",
          operator: random.pick(["In", "NotIn", "Exists"]),
          ...(random.chance(60) && { values: ["shop", "bank"] }),
        },
      ],
    },
    { matchLabels: { [word("pod-template-hash")]: "abc" } },
  ]);
}
