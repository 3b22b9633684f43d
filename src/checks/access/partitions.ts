import { type Partition, partitionOf, refusedPartition } from "../../facts/regions";
import type { ConfigPath, SourceNode } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, FleetCheck, TargetCheck, TargetFinding } from "../finding";

/** Account ids, roles, buckets and networks of one partition mean nothing in another. */
export const partitionCheck: TargetCheck = (target) => {
  const own = partitionOf(target.region);
  return [...regionFindings(target, own), ...textFindings(target, own)];
};

/** Regions beside the target's own. */
function regionFindings({ config, region }: Target, own: Partition): Finding[] {
  const named: readonly (readonly [ConfigPath, string | undefined])[] = [
    [["state", "region"], config.state.region],
    [["backup", "restoreFrom", "region"], config.backup?.restoreFrom?.region],
  ];
  return named.flatMap(([path, value]): Finding[] => {
    if (value === undefined) return [];
    const other = refusedPartition(value)?.name ?? partitionOf(value);
    if (other === own) return [];
    const message = `is a region of the partition ${other}, and ${region} is in ${own}, whose roles can't reach it; write a region of ${own}`;
    return [{ path, value, message }];
  });
}

/** What users write in full: ARNs, and registries of ECR. */
function textFindings({ source, region }: Target, own: Partition): Finding[] {
  return textsOf(source).flatMap(({ path, text }): Finding[] => {
    const arn = /^arn:(aws[a-z-]*):/.exec(text)?.[1];
    if (arn !== undefined && arn !== own) {
      const message = `is of the partition ${arn}, and ${region} is in ${own}, where it means nothing; write arn:${own}:${text.slice(`arn:${arn}:`.length)}, if it exists there`;
      return [{ path, message }];
    }
    const registry = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\./.exec(text)?.[1];
    const other = registry && (refusedPartition(registry)?.name ?? partitionOf(registry));
    if (other === undefined || other === "" || other === own) return [];
    const message = `is a registry in the partition ${other}, and ${region} is in ${own}, whose nodes can't log in there; write one in ${region}`;
    return [{ path, message }];
  });
}

/** Keys of a service that only its own program reads. */
const OWN_TEXTS: ReadonlySet<string> = new Set(["environment", "args", "command"]);

interface PlacedText {
  readonly path: ConfigPath;
  readonly text: string;
}

/** Every text that users wrote for the platform, and where; what a service tells itself is its own affair. */
export function textsOf(node: SourceNode, path: ConfigPath = []): PlacedText[] {
  if (path[0] === "workloads" && path.length === 3 && OWN_TEXTS.has(String(path[2]))) return [];
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? [{ path, text: node.value }] : [];
    case "list":
      return node.items.flatMap((item, index) => textsOf(item, [...path, index]));
    case "map":
      return [...node.entries].flatMap(([key, entry]) => textsOf(entry.node, [...path, key]));
  }
}

/** An account is in one partition, and no connection leads from one to another. */
export const partitionFleetCheck: FleetCheck = ({ targets }) => {
  const owners = new Map<string, Target>();
  return targets.flatMap((target): TargetFinding[] => {
    const { account, network } = target.config;
    const own = partitionOf(target.region);
    const owner = owners.get(account.id) ?? target;
    owners.set(account.id, owner);
    const finding = (path: ConfigPath, message: string) => ({ target, finding: { path, message } });
    const shared =
      partitionOf(owner.region) === own
        ? []
        : [
            finding(
              ["account", "id"],
              `is the account of ${owner.name} too, and an account is in one partition: ${owner.region} is in ${partitionOf(owner.region)}, ${target.region} in ${own}; write the account of ${own}`,
            ),
          ];
    const peers = network.connections.peers.flatMap((name, index) => {
      const other = partitionOf(name.slice(name.indexOf("/") + 1));
      if (other === own) return [];
      return [
        finding(
          ["network", "connections", "peers", index],
          `is in the partition ${other}, which no AWS connection reaches from ${own}; remove it`,
        ),
      ];
    });
    return [...shared, ...peers];
  });
};
