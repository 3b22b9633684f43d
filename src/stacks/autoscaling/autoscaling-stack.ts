import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import { poolDefaults } from "../../facts/defaults";
import type { Construct } from "constructs";
import { hasFreeEgress } from "../../model/egress";
import { classMaxPods, imageKinds, reservedEnis } from "../../model/karpenter-pools";
import { poolInstanceTypes } from "../../model/pool-instance-types";
import type { KarpenterConfig, NodePoolConfig } from "../../components/karpenter/settings";
import { acceleratorOf } from "../../facts/accelerators";
import { partitionOf } from "../../facts/regions";
import { Karpenter } from "../../components/karpenter/karpenter";
import {
  amiAlias,
  amiParameters,
  type NodeClassSpec,
  type NodeImage,
} from "../../components/karpenter/node-class";
import type { NodePoolSpec, PoolTypes } from "../../components/karpenter/node-pool";
import { proxyUserData } from "../../components/karpenter/node-user-data";
import { bottlerocketNeuronSettings } from "../../modules/nodes/user-data";
import type { AmiName } from "../../components/components";
import { autoscalingContract } from "./autoscaling-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import { platformTags, type PlatformStackProps } from "../base/platform-stack";
import { proxyOf } from "../proxy-of";
import { publish } from "../base/published-outputs";
import { startupTaints } from "../nodes/startup-taints";

/** What makes room for pods, and pods for load: Karpenter, metrics server, KEDA, VPA. */
export class AutoscalingStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "autoscaling", props);
    const { config } = this.target;
    new TimeProvider(this, "time");

    const karpenter = config.karpenter && this.addKarpenter(config.karpenter);
    // Room for the pods of the others may be Karpenter's to make.
    const dependsOn = karpenter ? [karpenter.release] : [];
    const keda = this.installComponents(dependsOn).get("keda");

    publish(this, autoscalingContract, {
      karpenter_aws: karpenter
        ? {
            controller_role_arn: karpenter.controllerRoleArn,
            node_role_arn: karpenter.nodeRoleArn,
            node_role_name: karpenter.nodeRoleName,
            queue_name: karpenter.queueName,
          }
        : {},
      keda_aws: keda?.roleArn === undefined ? {} : { operator_role_arn: keda.roleArn },
    });
  }

  private addKarpenter(karpenter: KarpenterConfig): Karpenter {
    this.pinModuleProviders();
    const { config, release, region, clusterName, name, environment } = this.target;
    return new Karpenter(this, "karpenter", {
      charts: { crd: release.charts["karpenter-crd"], controller: release.charts.karpenter },
      account: { partition: partitionOf(region), region, accountId: config.account.id },
      clusterName,
      clusterEndpoint: this.cluster.endpoint,
      ...(karpenter.identity === "irsa" && { oidcProviderArn: this.cluster.oidc_provider_arn }),
      isolated: !hasFreeEgress(config.network.egress),
      zonalShift: config.cluster.zonalShift === true,
      spotToSpotConsolidation: karpenter.spotToSpotConsolidation,
      nodeRepair: karpenter.nodeRepair,
      reservedEnis: reservedEnis(config),
      ...this.mirror(),
      volumeKeyArn: this.cluster.volumes_key_arn,
      tags: { ...config.tags, ...platformTags(name, environment) },
      classes: this.classes(karpenter),
      pools: Object.entries(karpenter.pools).map(([poolName, pool]) => this.pool(poolName, pool)),
    });
  }

  private classes(karpenter: KarpenterConfig): NodeClassSpec[] {
    const { classes, pools } = karpenter;
    const { config } = this.target;
    const proxy = proxyOf(this.target);
    return Object.entries(classes).map(([name, each]) => {
      const maxPods = classMaxPods(config, name, each);
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
        image: this.image(name, each.ami),
        volumeGiB: each.rootVolumeGiB,
        detailedMonitoring: each.detailedMonitoring,
        ...(maxPods !== undefined && { maxPods }),
        ...(userData !== "" && { userData }),
      };
    });
  }

  /** By alias an image is of the control plane's Kubernetes; nodes that stay behind it name theirs. */
  private image(className: string, ami: AmiName): NodeImage {
    const { release, config } = this.target;
    const { version } = release.amis[ami];
    if (release.nodes === undefined) return { alias: amiAlias(ami, version) };
    const [kind] = imageKinds(config, className);
    return { ssmParameters: amiParameters(ami, version, release.nodes.version, kind) };
  }

  private pool(name: string, { class: className, ...pool }: NodePoolConfig): NodePoolSpec {
    const { network } = this.target.config;
    // Karpenter finds the subnets of a retiring zone as well; by its pool it leaves the zone as the disruption budgets let it.
    const left = network.retiringZones.length > 0 && { zones: [...this.target.zones.inUse] };
    return {
      ...left,
      ...pool,
      name,
      className,
      types: poolTypes(pool),
      startupTaints: startupTaints(this.target),
    };
  }
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
