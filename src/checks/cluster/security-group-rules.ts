import { formatCidr } from "../../ip-capacity/cidr";
import { apiReaderCidrs } from "../../model/mesh-peers";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

type Rule = Target["config"]["cluster"]["securityGroupRules"]["nodes"][string];

/** Rules of one's own that are there already: EC2 refuses a second one of the same content (InvalidPermission.Duplicate). */
export const securityGroupRulesCheck: TargetCheck = (target): Finding[] => {
  const { securityGroupRules } = target.config.cluster;
  return (["nodes", "controlPlane"] as const).flatMap((group) => {
    const rules = Object.entries(securityGroupRules[group]);
    const platform = new Set(group === "controlPlane" ? apiClients(target) : []);
    return rules.flatMap(([name, rule], index): Finding[] => {
      const path = ["cluster", "securityGroupRules", group, name];
      if (platform.has(contentOf(rule)))
        return [
          {
            path,
            message:
              "is there already: the platform lets the runner and peers of the mesh in at 443; remove it",
            related: [["runner"]],
          },
        ];
      const first = rules.slice(0, index).find(([, other]) => contentOf(other) === contentOf(rule));
      return first === undefined
        ? []
        : [
            {
              path,
              message: `is the same as ${first[0]}; keep one`,
              related: [[...path.slice(0, -1), first[0]]],
            },
          ];
    });
  });
};

function contentOf({ from, protocol, ports }: Rule): string {
  return text(from.kind === "range" ? formatCidr(from.cidr) : from.id, protocol, ports.from, ports.to);
}

function text(peer: string, protocol: string, from: number, to: number): string {
  return [peer, protocol, from, to].join(" ");
}

/** Whom the cluster stack lets in at the API server's port. */
function apiClients(target: Target): string[] {
  const { runner, network } = target.config;
  const peers = apiReaderCidrs(target);
  const runners =
    runner === undefined || runner.reach === "public"
      ? []
      : runner.cidrs.length === 0 && runner.securityGroups.length === 0
        ? [formatCidr(network.vpcCidr)]
        : [...runner.cidrs.map(formatCidr), ...runner.securityGroups];
  return [...peers, ...runners].map((peer) => text(peer, "tcp", 443, 443));
}
