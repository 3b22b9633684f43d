import type { ConfigPath } from "../../config/read/source-node";
import type { TargetConfig } from "../../config/schema/target";
import { type DeclaredFlow, flowsOf } from "../../model/flows";
import type { Finding, TargetCheck } from "../finding";
import { admitsHost } from "./regulated-egress-checks";

/** Calls by DNS name that a target declares, and that its own firewall stops on their way out. */
export const firewallFlowCheck: TargetCheck = ({ config }) => {
  const { egress } = config.network;
  if (egress.kind !== "firewall") return [];
  return flowsOf(config).flatMap((flow): Finding[] => {
    const { called } = flow;
    if (called.kind !== "name") return [];
    const { fqdn } = called;
    // Of all names below a domain one stands for the rest.
    if (isPrivate(fqdn, config) || admitsHost(egress.domains, fqdn.replace(/^\*/, "x"))) return [];
    return [
      {
        path: pathOf(flow),
        message: `is not among the domains that the firewall admits; add ${fqdn.replace(/^\*/, "")} to network.egress.domains, or remove it`,
        related: [["network", "egress", "domains"]],
        rule: "FIREWALL-DOMAIN-DECLARED",
        // Which names an associated zone has nobody knows here.
        ...(config.network.dns.associatedZones.length > 0 && { severity: "warning" as const }),
      },
    ];
  });
};

/** Names that lead to addresses in networks of one's own, or to endpoints of AWS: they pass no firewall on the way to the internet. */
function isPrivate(fqdn: string, { network: { dns } }: Pick<TargetConfig, "network">): boolean {
  const zones = [...Object.keys(dns.forward), ...dns.privateZones, ...Object.keys(dns.coreDns.stubZones)];
  return ["amazonaws.com", ...zones].some((zone) => fqdn === zone || fqdn.endsWith(`.${zone}`));
}

function pathOf({ declared, path }: DeclaredFlow): ConfigPath {
  return [...path, ...(declared.by === "namespace" ? ["to"] : []), "fqdn"];
}
