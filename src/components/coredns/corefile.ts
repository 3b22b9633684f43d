/** Servers to ask, by domain. */
export type StubZones = Readonly<Record<string, readonly string[]>>;

/** Queries that may wait for other servers at once; more are refused at once, and memory stays bounded: the figure of kubeadm's Corefile (CoreDNS, plugin forward: max_concurrent). */
const MAX_CONCURRENT = 1000;

/**
 * How long a server that is told to end still answers, until every node has learnt that it is gone. The add-on has 5 s; AWS
 * advises 30 (Amazon EKS Best Practices Guide, "Cluster services", CoreDNS lameduck duration).
 */
const LAMEDUCK_SECONDS = 30;

/**
 * CoreDNS' configuration: the add-on takes it as a whole or not at all. The first server is the add-on's own but for the
 * lameduck: cluster names, everything else by the VPC's resolver.
 */
export function corefile(stubZones: StubZones): string {
  const cluster = server(".", [
    "errors",
    block("health", [`lameduck ${LAMEDUCK_SECONDS}s`]),
    "ready",
    block("kubernetes cluster.local in-addr.arpa ip6.arpa", [
      "pods insecure",
      "fallthrough in-addr.arpa ip6.arpa",
    ]),
    "prometheus :9153",
    forward(["/etc/resolv.conf"]),
    "cache 30",
    "loop",
    "reload",
    "loadbalance",
  ]);
  const stubs = Object.entries(stubZones)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([domain, servers]) =>
      server(domain, ["errors", "prometheus :9153", forward(servers), "cache 30", "loadbalance"]),
    );
  return `${[cluster, ...stubs].join("\n")}\n`;
}

function server(domain: string, plugins: readonly string[]): string {
  return block(`${domain}:53`, plugins);
}

function forward(servers: readonly string[]): string {
  return block(`forward . ${servers.join(" ")}`, [`max_concurrent ${MAX_CONCURRENT}`]);
}

function block(head: string, lines: readonly string[]): string {
  const indented = lines.flatMap((line) => line.split("\n")).map((line) => `    ${line}`);
  return [`${head} {`, ...indented, "}"].join("\n");
}
