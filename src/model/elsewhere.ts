import { layerBuckets } from "../facts/image-registries";
import type { ConfigPath, SourceNode } from "../config/read/source-node";
import type { Target } from "./target";
import { inTarget, pulledImage } from "./workloads";

/** What the configuration names of accounts that are not the target's: the endpoints' policies admit it. */
export interface NamedElsewhere {
  readonly registryAccounts: readonly string[];
  readonly layerBuckets: readonly string[];
  readonly arns: readonly string[];
  readonly meshAccounts: readonly string[];
}

export function namedElsewhere(target: Target): NamedElsewhere {
  const { config, region } = target;
  const foreign = (accountId: string) => accountId !== config.account.id;
  return {
    registryAccounts: unique(registries(target).flatMap(accountOfRegistry).filter(foreign)),
    layerBuckets: config.images === undefined ? layerBuckets(region) : [],
    arns: unique(arnsIn(target.source).map((arn) => inTarget(arn, config, region))).filter((arn) =>
      accountsOf(arn).some(foreign),
    ),
    meshAccounts:
      target.mesh.istio === undefined
        ? []
        : unique(target.mesh.peers.map((peer) => peer.config.account.id)).filter(foreign),
  };
}

function registries({ config, region, workloads }: Target): string[] {
  return [
    ...(config.images === undefined ? [] : [config.images.mirror]),
    ...(config.policies?.allowedRegistries ?? []),
    ...Object.values(workloads).map((workload) => pulledImage(workload, config, region)),
  ];
}

function accountOfRegistry(registry: string): string[] {
  return /^(\d{12})\.dkr\.ecr\./.exec(registry)?.slice(1) ?? [];
}

/** The account that an ARN names: some, as those of buckets, name none. */
function accountsOf(arn: string): string[] {
  return arn
    .split(":")
    .slice(4, 5)
    .filter((accountId) => accountId !== "");
}

/** Keys whose roles call us, and are not called. */
const CALLERS: readonly ConfigPath[] = [["account"], ["cluster"]];

function arnsIn(node: SourceNode, path: ConfigPath = []): string[] {
  if (CALLERS.some((each) => path.length === each.length && each.every((step, i) => step === path[i])))
    return [];
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && node.value.startsWith("arn:") ? [node.value] : [];
    case "list":
      return node.items.flatMap((item, index) => arnsIn(item, [...path, index]));
    case "map":
      return [...node.entries].flatMap(([key, entry]) => arnsIn(entry.node, [...path, key]));
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
