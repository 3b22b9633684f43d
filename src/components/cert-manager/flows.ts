import { at, items, text } from "../../values/value";
import { type Flow, type FlowsOf, FROM } from "../flow";

/** Servers of ACME that its issuers name, and the name servers that it asks for its own records before. */
export const certManagerFlows: FlowsOf = ({ objects, releases }) => {
  const issuers = objects("Issuer", "ClusterIssuer").map((each) => at(each, "spec", "acme"));
  const proves = issuers.flatMap((each) => items(at(each, "solvers"))).some((each) => at(each, "dns01"));
  const servers = releases("cert-manager").flatMap(({ values }) =>
    text(at(values, "dns01RecursiveNameservers")).split(","),
  );
  return [
    ...issuers.map((each): Flow => ({
      kind: "outside",
      from: { pods: "cert-manager" },
      to: { server: text(at(each, "server")) },
      why: `${FROM} orders certificates (ACME)`,
      source: "the objects that name the server",
    })),
    ...(proves ? servers : []).flatMap(dnsCheck),
  ];
};

/** UDP, and TCP for what is too long (cert-manager v1.21.1, pkg/issuer/acme/dns/util/wait.go, dnsQuery). */
function dnsCheck(server: string): Flow[] {
  const [, address, port] = /^\[?([\d.]+|[\da-f:]+)\]?:(\d+)$/.exec(server.trim()) ?? [];
  if (address === undefined) return [];
  return (["UDP", "TCP"] as const).map((protocol) => ({
    kind: "outside",
    from: { pods: "cert-manager" },
    to: { range: `${address}/${address.includes(":") ? 128 : 32}` },
    port: Number(port),
    protocol,
    why: `${FROM} looks whether its record of DNS-01 is there`,
    source: "cert-manager v1.21.1, pkg/issuer/acme/dns/util/wait.go",
  }));
}
