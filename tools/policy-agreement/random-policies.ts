import type { Random } from "./random";
import { ciliumPolicy, clusterwide } from "./random-cilium";
import { type Fields, NAMESPACES } from "./words";

/** Objects of Cilium and Kubernetes with few words, so that they often mean the same pods. */
export function randomPolicies(random: Random, cilium: boolean): Fields[] {
  return [
    ...NAMESPACES.map((name) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name,
        labels: { team: random.pick(["a", "b"]), ...(random.chance(30) && { tier: "secure" }) },
      },
    })),
    ...(cilium ? random.many(0, 2, () => rangeGroup(random)) : []),
    ...random
      .many(1, 7, () =>
        cilium
          ? random.pick([anyNetworkPolicy, ciliumPolicy, ciliumPolicy, clusterwide])(random)
          : networkPolicy(random, true),
      )
      .map((each, index) => named(each, `p${index}`)),
  ];
}

function named(object: Fields, name: string): Fields {
  return { ...object, metadata: { ...(object.metadata as Fields), name } };
}

function rangeGroup(random: Random): Fields {
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumCIDRGroup",
    metadata: { name: random.pick(["vpn", "office"]), labels: { kind: random.pick(["a", "b"]) } },
    spec: {
      externalCIDRs: random.many(1, 2, () => random.pick(["10.1.0.0/16", "10.1.2.0/24", "192.0.2.0/24"])),
    },
  };
}

function anyNetworkPolicy(random: Random): Fields {
  return networkPolicy(random, false);
}

/** @param named policyTypes name every direction that has rules; what else has them Cilium looks at and Kubernetes does not */
function networkPolicy(random: Random, named: boolean): Fields {
  const ingress = random.chance(60) ? random.many(0, 2, () => kubernetesRule(random, "from")) : undefined;
  const egress = random.chance(60) ? random.many(0, 2, () => kubernetesRule(random, "to")) : undefined;
  const both: [string[], ...string[][]] = [["Ingress", "Egress"]];
  const some: [string[], ...string[][]] =
    named && ingress && egress ? both : [named && ingress ? ["Ingress"] : ["Egress"], ...both];
  const types = random.chance(15)
    ? undefined
    : random.pick(named && (ingress || egress) ? some : [["Ingress"], ...some]);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { namespace: random.pick(NAMESPACES) },
    spec: {
      podSelector: plainSelector(random),
      ...(ingress && { ingress }),
      ...(egress && { egress }),
      ...(types && { policyTypes: types }),
    },
  };
}

function kubernetesRule(random: Random, side: "from" | "to"): Fields {
  return {
    ...(random.chance(80) && { [side]: random.many(0, 2, () => kubernetesPeer(random)) }),
    ...(random.chance(70) && { ports: random.many(0, 2, () => kubernetesPort(random)) }),
  };
}

function kubernetesPort(random: Random): Fields {
  const port = random.pick([53, 80, 8080, 8081, "http", "grpc", undefined]);
  const end = typeof port === "number" && random.chance(25) ? port + random.below(2000) : undefined;
  return {
    ...(port !== undefined && { port }),
    ...(end !== undefined && { endPort: end }),
    ...(random.chance(60) && { protocol: random.pick(["TCP", "TCP", "UDP", "SCTP"]) }),
  };
}

function kubernetesPeer(random: Random): Fields {
  if (random.chance(25))
    return { ipBlock: { cidr: "10.0.0.0/8", ...(random.chance(50) && { except: ["10.1.2.0/24"] }) } };
  const pods = random.chance(70) && { podSelector: plainSelector(random) };
  const namespaces = (!pods || random.chance(50)) && { namespaceSelector: namespaceSelector(random) };
  return { ...pods, ...namespaces };
}

function namespaceSelector(random: Random): Fields {
  return random.pick<Fields>([
    {},
    { matchLabels: { team: "a" } },
    { matchLabels: { "kubernetes.io/metadata.name": random.pick(NAMESPACES) } },
    { matchExpressions: [{ key: "team", operator: "NotIn", values: ["a"] }] },
    { matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] },
  ]);
}

function plainSelector(random: Random): Fields {
  return random.pick<Fields>([
    {},
    {},
    { matchLabels: { app: random.pick(["web", "api", "db"]) } },
    { matchLabels: { app: "web", role: random.pick(["x", "y"]) } },
    { matchExpressions: [{ key: "app", operator: random.pick(["In", "NotIn"]), values: ["web", "db"] }] },
    { matchExpressions: [{ key: "role", operator: random.pick(["Exists", "DoesNotExist"]) }] },
    { matchLabels: { "pod-template-hash": "abc" } },
    { matchLabels: { "app.kubernetes.io/name": "web" } },
  ]);
}
