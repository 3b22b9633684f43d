import type { ConfigPath } from "../../config/read/source-node";
import type { TargetConfig } from "../../config/schema/target";
import { overlaps } from "../../ip-capacity/cidr";
import type { DeclaredFlow } from "../../model/flows";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";
import { admitsHost } from "./regulated-egress";

/** Calls that a target declares, and that its own firewall stops on their way out. */
export const firewallFlowCheck: TargetCheck = (target) => {
  const { egress, dns } = target.config.network;
  if (egress.kind !== "firewall") return [];
  return target.flows.flatMap((flow): Finding[] => {
    const message = leavesByUdp(flow, target) ? UDP : notAdmitted(flow, target.config, egress.domains);
    if (message === undefined) return [];
    return [
      {
        path: pathOf(flow),
        message,
        related: [["network", "egress"]],
        rule: "FIREWALL-DOMAIN-DECLARED",
        // Nobody here knows which names an associated zone has.
        ...(flow.called.kind === "name" &&
          dns.associatedZones.length > 0 && { severity: "warning" as const }),
      },
    ];
  });
};

const UDP =
  "is called over UDP, which the firewall does not let out; write protocol: TCP, an address in a network that is connected, or remove it";

/** Of what leaves for the internet only TCP comes as far as the list of domains (modules/network/firewall-rules.ts). */
function leavesByUdp({ called, ports }: DeclaredFlow, target: Target): boolean {
  if (ports === "all" || !ports.some(({ protocol }) => protocol === "UDP")) return false;
  if (called.kind === "name") return !isPrivate(called.fqdn, target.config);
  return called.kind === "range" && !target.connectedRanges.some((range) => overlaps(range, called.cidr));
}

function notAdmitted(
  { called }: DeclaredFlow,
  config: TargetConfig,
  domains: readonly string[],
): string | undefined {
  if (called.kind !== "name") return undefined;
  const { fqdn } = called;
  // One name stands for all names below a domain.
  if (isPrivate(fqdn, config) || admitsHost(domains, fqdn.replace(/^\*/, "x"))) return undefined;
  return `is not among the domains that the firewall admits; add ${fqdn.replace(/^\*/, "")} to network.egress.domains, or remove it`;
}

/** Names that lead to addresses in networks of one's own, or to endpoints of AWS: they pass no firewall on the way to the internet. */
function isPrivate(fqdn: string, { network: { dns } }: Pick<TargetConfig, "network">): boolean {
  const zones = [...Object.keys(dns.forward), ...dns.privateZones, ...Object.keys(dns.coreDns.stubZones)];
  return ["amazonaws.com", ...zones].some((zone) => fqdn === zone || fqdn.endsWith(`.${zone}`));
}

function pathOf({ declared, path, called }: DeclaredFlow): ConfigPath {
  return [...path, ...(declared.by === "namespace" ? ["to"] : []), called.kind === "range" ? "cidr" : "fqdn"];
}
