import type { Manifest } from "../manifest";

/** A call of a namespace's pods to servers outside of the cluster. */
export interface OutsideCall {
  readonly namespace: string;
  /** DNS name, `*.` in front for all of its names, or an IPv4 range. */
  readonly to: string;
  /** Port, TCP. */
  readonly port: number;
}

/** Names that nobody asks for: Envoy goes by the address. The top-level domain is for private use (ICANN, 2024). */
const RANGES_DOMAIN = "range.internal";

/**
 * ServiceEntries by namespace: with `outbound: registry-only` sidecars let nothing else out. Each is for its own namespace, and
 * goes to the address that the pod asks for: network policies say which those may be.
 */
export function outsideServices(calls: readonly OutsideCall[]): Record<string, Record<string, Manifest>> {
  const namespaces = distinct(calls.map(({ namespace }) => namespace));
  return Object.fromEntries(
    namespaces.map((namespace) => {
      const own = calls.filter((call) => call.namespace === namespace);
      const entries = distinct(own.map(({ to }) => to)).map((to): [string, Manifest] => {
        const ports = own.filter((call) => call.to === to).map(({ port }) => port);
        return [
          to,
          serviceEntry(
            namespace,
            to,
            [...new Set(ports)].sort((a, b) => a - b),
          ),
        ];
      });
      return [namespace, Object.fromEntries(entries)];
    }),
  );
}

function serviceEntry(namespace: string, to: string, ports: readonly number[]): Manifest {
  const isRange = to.includes("/");
  const host = isRange ? `${to.replace(/[./]/g, "-")}.${RANGES_DOMAIN}` : to;
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name: host.replace("*", "any").replaceAll("_", "-"), namespace },
    spec: {
      hosts: [host],
      // Every address is what an entry without one stands for.
      ...(isRange && !to.endsWith("/0") && { addresses: [to] }),
      exportTo: ["."],
      location: "MESH_EXTERNAL",
      resolution: "NONE",
      ports: ports.map((number) => {
        const protocol = isRange ? "TCP" : protocolOf(number);
        return { number, name: `${protocol.toLowerCase()}-${number}`, protocol };
      }),
    },
  };
}

/** What a client says first on a port: by it Envoy tells names on one port apart. Databases' clients do not begin with TLS. */
function protocolOf(port: number): "HTTP" | "TLS" | "TCP" {
  if (port === 80) return "HTTP";
  return port === 443 ? "TLS" : "TCP";
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
