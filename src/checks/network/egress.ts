import type { ConfigPath } from "../../config/read/source-node";
import { ecrRegistry } from "../../model/image-registries";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

/** A mirror that nodes without any way out can't reach: endpoints lead to ECR of their own region only. */
function unreachableMirror({ config, region }: Target): Finding[] {
  const { images, network } = config;
  if (network.egress.kind !== "none" || images === undefined) return [];
  const ecr = ecrRegistry(images.mirror);
  const path: ConfigPath = ["images", "mirror"];
  const related: ConfigPath[] = [["network", "egress", "kind"]];
  if (ecr !== undefined) {
    if (ecr.region === region) return [];
    const message = `is in ${ecr.region}, and without egress nodes reach ECR of ${region} only; write ${images.mirror.replace(ecr.region, region)}, and let ECR replicate to it`;
    return [{ path, message, related }];
  }
  const { connections } = network;
  if (connections.onPremises !== undefined || connections.peers.length > 0) return [];
  return [
    {
      path,
      message: `can't be reached without egress; write a registry in ECR of ${region}, or connect its network by network.connections`,
      related,
    },
  ];
}

export const egressCheck: TargetCheck = (target) => {
  const { config, production } = target;
  const { egress, endpoints, subnets } = config.network;
  const findings: Finding[] = unreachableMirror(target);
  if (egress.kind === "none" && config.images === undefined) {
    findings.push({
      path: ["network", "egress", "kind"],
      message:
        "leaves no way to any image registry; write images.mirror: <registry in this region>, or a NAT kind",
      related: [["images"]],
    });
  }
  if (egress.kind === "none" && endpoints.set !== "isolated") {
    findings.push({
      path: ["network", "endpoints", "set"],
      message: "does not reach all of AWS without egress; write network.endpoints.set: isolated",
      related: [["network", "egress", "kind"]],
    });
  }
  if (egress.kind === "nat-single" && production && egress.reason === undefined) {
    findings.push({
      path: ["network", "egress", "kind"],
      message:
        "makes every zone of a production target depend on one; write nat-per-zone, or a reason: beside it",
    });
  }
  if (egress.kind === "none" && subnets.public !== undefined) {
    findings.push({
      path: ["network", "subnets", "public"],
      message: "can't be public without egress; remove it, or write a NAT kind in network.egress",
      related: [["network", "egress", "kind"]],
    });
  }
  return findings;
};
