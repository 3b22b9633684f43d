import { formatCidr } from "../ip-capacity/cidr";
import type { AllowConfig } from "../config/schema/allow";
import type { CalledPeer, CallingPeer } from "../config/schema/peers";

/** The other end of an allowed flow, as text: `10.0.0.0/8`, `*.example.com`, `payments`, `public`. */
export function peerName(peer: CalledPeer | CallingPeer): string {
  switch (peer.kind) {
    case "range":
      return formatCidr(peer.cidr);
    case "name":
      return peer.fqdn;
    case "load-balancer":
      return peer.scheme;
    case "pods":
      return peer.target === undefined ? peer.namespace : `${peer.namespace} of ${peer.target}`;
  }
}

/** Text that tells an allowed flow from all others of its namespace: `to-10-0-0-0-8-tcp-443`. */
export function allowName({ end: { key, peer, port }, pods }: AllowConfig): string {
  const labels = (of: Readonly<Record<string, string>> | undefined) =>
    Object.entries(of ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flat();
  return [
    key,
    peerName(peer),
    ...labels(peer.kind === "pods" ? peer.pods : undefined),
    port.protocol,
    String(port.port),
    ...(pods ? ["of", ...labels(pods)] : []),
  ]
    .join("-")
    .toLowerCase()
    .replace(/\*/g, "any")
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/\.?-\.?/g, "-");
}
