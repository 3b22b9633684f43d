import { acceleratorOf } from "../../facts/accelerators";
import { poolDefaults } from "../../facts/defaults";
import { partitionOf } from "../../facts/regions";
import { hasFreeEgress } from "../../model/egress";
import { classMaxPods, imageKinds, reservedEnis } from "../../model/karpenter-pools";
import { poolInstanceTypes } from "../../model/pool-instance-types";
import { resourceTags } from "../../model/resource-tags";
import type { Target } from "../../model/target";
import { bottlerocketNeuronSettings } from "../../modules/nodes/user-data";
import { startupTaints } from "../../wiring/startup-taints";
import type { AmiName } from "../components";
import { type Installing, settingsOf } from "../installing";
import { Karpenter } from "./karpenter";
import { amiAlias, amiParameters, type NodeClassSpec, type NodeImage } from "./node-class";
import type { NodePoolSpec, PoolTypes } from "./node-pool";
import { proxyUserData } from "./node-user-data";
import type { KarpenterConfig, NodePoolConfig } from "./settings";

export function installKarpenter(stack: Installing): Karpenter {
  const { scope, target, clusterName, cluster, mirror, need } = stack;
  need("time", "those of modules");
  const { config, release, region } = target;
  const karpenter = settingsOf(config.karpenter, target);
  const { endpoint, oidc_provider_arn, volumes_key_arn } = cluster();
  return new Karpenter(scope, "karpenter", {
    charts: { crd: release.charts["karpenter-crd"], controller: release.charts.karpenter },
    account: { partition: partitionOf(region), region, accountId: config.account.id },
    clusterName,
    clusterEndpoint: endpoint,
    ...(karpenter.identity === "irsa" && { oidcProviderArn: oidc_provider_arn }),
    isolated: !hasFreeEgress(config.network.egress),
    zonalShift: config.cluster.zonalShift === true,
    spotToSpotConsolidation: karpenter.spotToSpotConsolidation,
    nodeRepair: karpenter.nodeRepair,
    reservedEnis: reservedEnis(config),
    ...mirror,
    volumeKeyArn: volumes_key_arn,
    tags: resourceTags(target),
    classes: classesOf(karpenter, target),
    pools: Object.entries(karpenter.pools).map(([name, pool]) => poolOf(name, pool, target)),
  });
}

function classesOf(karpenter: KarpenterConfig, target: Target): NodeClassSpec[] {
  const { classes, pools } = karpenter;
  const { proxy } = target;
  return Object.entries(classes).map(([name, each]) => {
    const maxPods = classMaxPods(target.config, name, each);
    const types = Object.values(pools)
      .filter((pool) => pool.class === name)
      .flatMap(poolInstanceTypes);
    const neuron = types.some((type) => acceleratorOf(type) === "neuron");
    const userData = [
      ...(proxy ? [proxyUserData(each.ami, proxy)] : []),
      ...(neuron && each.ami === "bottlerocket" ? [bottlerocketNeuronSettings] : []),
    ].join("");
    return {
      name,
      ami: each.ami,
      image: imageOf(name, each.ami, target),
      volumeGiB: each.rootVolumeGiB,
      detailedMonitoring: each.detailedMonitoring,
      ...(maxPods !== undefined && { maxPods }),
      ...(userData !== "" && { userData }),
    };
  });
}

/** By alias an image is of the control plane's Kubernetes; nodes that stay behind it name theirs. */
function imageOf(className: string, ami: AmiName, { release, config }: Target): NodeImage {
  const { version } = release.amis[ami];
  if (release.nodes === undefined) return { alias: amiAlias(ami, version) };
  const [kind] = imageKinds(config, className);
  return { ssmParameters: amiParameters(ami, version, release.nodes.version, kind) };
}

function poolOf(name: string, { class: className, ...pool }: NodePoolConfig, target: Target): NodePoolSpec {
  // Karpenter finds the subnets of a retiring zone as well; by its pool it leaves the zone as the disruption budgets let it.
  const left = target.config.network.retiringZones.length > 0 && { zones: [...target.zones.inUse] };
  return {
    ...left,
    ...pool,
    name,
    className,
    types: poolTypes(pool),
    startupTaints: startupTaints(target),
  };
}

function poolTypes(pool: Omit<NodePoolConfig, "class">): PoolTypes {
  if (pool.instanceTypes !== undefined) return { names: pool.instanceTypes };
  const { min, max } = pool.vcpus ?? { min: poolDefaults.minVcpus };
  return {
    categories: pool.categories ?? poolDefaults.categories,
    minGeneration: pool.minGeneration ?? poolDefaults.minGeneration,
    minVcpus: min,
    ...(max !== undefined && { maxVcpus: max }),
  };
}
