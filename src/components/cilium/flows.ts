import { at, isTrue, text, toNumber, type Value } from "../../values/value";
import { type Flow, type FlowEnd, type FlowsOf } from "../flow";

const SOURCE = "Cilium's documentation, System Requirements, Firewall Rules";
const TUNNELS: Readonly<Record<string, number>> = { vxlan: 8472, geneve: 6081 };

function flow(
  kind: Flow["kind"],
  [from, to]: readonly [FlowEnd, FlowEnd],
  [protocol, port]: readonly ["TCP" | "UDP", number],
  why: string,
): Flow {
  return { kind, from, to, port, protocol, why, source: SOURCE };
}

/** What agents and the datapath send each other. */
function betweenNodes(values: Value): Flow[] {
  const between = (protocol: "TCP" | "UDP", port: number, why: string): Flow =>
    flow("between nodes", ["nodes", "nodes"], [protocol, port], why);
  const tunnel = text(at(values, "tunnelProtocol")) || "vxlan";
  const overlay = toNumber(at(values, "tunnelPort")) ?? TUNNELS[tunnel] ?? 8472;
  const isEncrypted = isTrue(at(values, "encryption", "enabled"));
  const encryption = isEncrypted ? text(at(values, "encryption", "type")) : "";
  return [
    between("TCP", 4240, "agents ask each other for their health"),
    ...(text(at(values, "routingMode")) === "tunnel" ? [between("UDP", overlay, "the overlay of pods")] : []),
    ...(encryption === "wireguard" ? [between("UDP", 51871, "WireGuard")] : []),
    flow(
      "between nodes",
      [{ pods: "hubble-relay" }, "nodes"],
      ["TCP", 4244],
      "Hubble Relay reads the agents",
    ),
    flow(
      "telemetry",
      [{ pods: "hubble-ui" }, { pods: "hubble-relay" }],
      ["TCP", 4245],
      "Hubble UI asks Hubble Relay",
    ),
  ];
}

const clusterMesh: readonly Flow[] = [
  flow(
    "mesh",
    ["nodes", { peer: "network" }],
    ["TCP", 2379],
    "agents read the peer's services and identities",
  ),
  flow("mesh", ["nodes", { peer: "nodes" }], ["TCP", 4240], "agents ask the peer's for their health"),
  flow("mesh", [{ peer: "nodes" }, "nodes"], ["TCP", 4240], "the peer's agents ask for the health of these"),
];

export const ciliumFlows: FlowsOf = ({ releases, sharedMesh }) => [
  ...releases("cilium").flatMap(({ values }) => betweenNodes(values)),
  ...(sharedMesh === "cilium" ? clusterMesh : []),
];
