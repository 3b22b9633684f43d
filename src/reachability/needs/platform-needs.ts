import type { InstalledRecord } from "../../components/component";
import { at, isMap, items, text, toNumber, type Value } from "../../values/value";
import type { ReachWorld } from "../path/reach-world";
import type { MeshPods } from "../mesh/workloads";
import { anyPods, madeByTeams, madeFor } from "./made-by-teams";
import type { Need } from "./need";

const WEBHOOKS = "the component's record: webhooks and aggregated APIs of its chart";

/** Webhooks and aggregated APIs that the API server calls. `ports`: by who listens, of the components that are installed. */
export function webhookNeeds({ platform }: ReachWorld, called: ReadonlyMap<string, number>): Need[] {
  return platform.flatMap(({ facts, pods }): Need[] => {
    const port = facts.called === undefined ? undefined : called.get(facts.called);
    if (port === undefined) return [];
    return [
      {
        kind: "webhook",
        from: { kind: "api-server" },
        to: { kind: "pods", pods },
        port,
        protocol: "TCP",
        why: `the API server asks ${pods.name}`,
        source: WEBHOOKS,
      },
    ];
  });
}

/** Ports that the API server calls, by who listens. */
export function calledPorts(
  records: readonly InstalledRecord[],
  portsOf: (record: InstalledRecord) => Readonly<Record<string, number>>,
): ReadonlyMap<string, number> {
  return new Map(records.flatMap((each) => Object.entries(portsOf(each))));
}

/**
 * Lookups of all pods, those that teams make in namespaces of the stacks as well, by both of DNS's protocols: an answer above
 * 512 bytes is asked for again by TCP (RFC 7766).
 */
export function dnsNeeds(world: ReachWorld): Need[] {
  const { cluster, dns } = world;
  const asking = [
    ...cluster.pods.filter((each) => each.hostNetwork !== true && !dns.includes(each)),
    ...madeByTeams(world),
  ];
  return asking.flatMap((pods) =>
    dns.flatMap((server) =>
      (["UDP", "TCP"] as const).map((protocol): Need => ({
        kind: "DNS",
        from: { kind: "pods", pods },
        to: { kind: "pods", pods: server },
        port: 53,
        protocol,
        why: `${pods.name} looks up names`,
        source: "RFC 7766: DNS by UDP, and by TCP where an answer is too long",
      })),
    ),
  );
}

/** Controllers and agents watch the API server; so do pods of namespaces that say so, whoever makes them. */
export function apiNeeds({ platform, cluster }: ReachWorld, namespaces: readonly string[]): Need[] {
  const own = cluster.pods.filter(
    ({ namespace, name }) => namespaces.includes(namespace) && !name.endsWith("/*"),
  );
  const asking = [
    ...platform.filter(({ facts }) => facts.quiet !== true).map(({ pods }) => pods),
    ...own,
    ...namespaces.map((each) => anyPods(each).pods),
  ];
  return [...new Set(asking)].map((pods): Need => ({
    kind: "API server",
    from: { kind: "pods", pods },
    to: { kind: "api-server" },
    port: 443,
    protocol: "TCP",
    why: `${pods.name} watches the API server`,
    source: "EKS User Guide, Cluster API server endpoint",
  }));
}

/** Pods whose service account has an association get credentials from the agent of their node, those that a team makes as well. */
export function identityNeeds(world: ReachWorld): Need[] {
  const { cluster, identities } = world;
  const asking = [
    ...cluster.pods.filter(
      ({ namespace, serviceAccount = "default", hostNetwork }) =>
        hostNetwork !== true && identities.has(`${namespace}/${serviceAccount}`),
    ),
    ...[...identities].flatMap((each) => madeFor(each, world)),
  ];
  return asking.map((pods): Need => ({
    kind: "Pod Identity",
    from: { kind: "pods", pods },
    to: { kind: "pod-identity-agent" },
    port: 80,
    protocol: "TCP",
    why: `${pods.name} gets credentials of AWS`,
    source: "EKS User Guide, How EKS Pod Identity works: 169.254.170.23 and fd00:ec2::23, port 80",
  }));
}

/** What each pod of a manifest is asked by its kubelet. */
export function probeNeeds({ manifests, cluster }: ReachWorld): Need[] {
  const byName = new Map(cluster.pods.map((each) => [each.name, each]));
  return manifests.flatMap((manifest) => {
    const pods = byName.get(
      `${text(at(manifest, "metadata", "namespace")) || "default"}/${text(at(manifest, "metadata", "name"))}`,
    );
    if (pods === undefined) return [];
    const containers = items(at(manifest, "spec", "template", "spec", "containers"));
    const ports = containers.flatMap((container) =>
      ["startupProbe", "readinessProbe", "livenessProbe"].flatMap((probe) =>
        probedPort(at(container, probe), pods),
      ),
    );
    return [...new Set(ports)].map((port): Need => ({
      kind: "probe",
      from: { kind: "kubelet" },
      to: { kind: "pods", pods },
      port,
      protocol: "TCP",
      why: `the kubelet probes ${pods.name}`,
      source: "the container's probes",
    }));
  });
}

function probedPort(probe: Value, { ports }: MeshPods): number[] {
  if (!isMap(probe)) return [];
  const port = at(probe, "httpGet", "port") ?? at(probe, "tcpSocket", "port") ?? at(probe, "grpc", "port");
  const number = toNumber(port) ?? ports.find(({ name }) => name === text(port))?.port;
  return number === undefined ? [] : [number];
}
