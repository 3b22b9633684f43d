import type { Places } from "../../diagnose/where";
import type { TargetFacts } from "../../diagnose/world";
import type { Target } from "../../model/target";

export function cniOf({ config: { cni } }: Target): Pick<TargetFacts, "cni" | "cilium"> {
  const isOwn = cni.kind === "cilium-eni" || cni.kind === "cilium-overlay";
  return { cni: isOwn ? cni.kind : "vpc-cni", cilium: cni.kind !== "vpc-cni" };
}

/** Names by which sources of a target are asked, as its stacks give them. */
export function placesOf(target: Target): Places {
  const { config, workspace, clusterName, region } = target;
  const { flowLogs, egress } = config.network;
  const { cni, cilium } = cniOf(target);
  return {
    clusterName,
    region,
    cilium,
    addresses: cni,
    flowLogs:
      flowLogs.kind === "cloudwatch"
        ? { kind: "cloudwatch", group: `/aws/vpc/${workspace}/flow-logs` }
        : flowLogs.kind === "s3"
          ? {
              kind: "s3",
              bucket:
                flowLogs.bucket.kind === "given"
                  ? flowLogs.bucket.name
                  : `${workspace}-flow-logs-${config.account.id}`,
            }
          : { kind: "none" },
    nat: egress.kind.startsWith("nat") || egress.kind === "firewall",
    firewallLogs: egress.kind === "firewall" ? [`/aws/vendedlogs/network-firewall/${workspace}/alert`] : [],
    loadBalancers: config.ingress?.loadBalancers !== undefined,
  };
}
