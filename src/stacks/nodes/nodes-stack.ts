import type { Construct } from "constructs";
import type { NodeGroupSettings } from "../../model/settings";
import { resourceTags } from "../../model/resource-tags";
import { maxPodsOf } from "../../model/max-pods";
import { updatePaceOf } from "../../model/update-pace";
import { acceleratorOf } from "../../facts/accelerators";
import { requireInstanceType } from "../../facts/instance-types";
import { partitionOf } from "../../facts/regions";
import { ManagedNodeGroup } from "../../modules/nodes/managed-node-group";
import { nodesPin } from "../../releases/pins";
import { cniContract } from "../cni/cni-contract";
import { clusterContract } from "../cluster/cluster-contract";
import { networkContract } from "../network/network-contract";
import { nodesContract } from "./nodes-contract";
import { PlatformStack, type PlatformStackProps } from "../base/platform-stack";
import type { Outputs } from "../base/output-contract";
import { publish } from "../base/published-outputs";
import { groupName } from "../cluster/running-cluster-of";
import { nodePlacementOf } from "./node-placement-of";
import { addPodIdentities } from "./pod-identities";
import { startupTaints } from "../../wiring/startup-taints";

interface Upstream {
  readonly network: Outputs<typeof networkContract>;
  readonly cluster: Outputs<typeof clusterContract>;
}

/** Managed node groups, then the add-ons that run on them. */
export class NodesStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "nodes", props);
    this.pinModuleProviders();
    const upstream = {
      network: this.readStack("network", networkContract),
      cluster: this.readStack("cluster", clusterContract),
    };
    // Nothing of it is used: reading the state is what refuses nodes before there is a CNI.
    this.readStack("cni", cniContract);

    const groups = Object.entries(this.target.config.nodes).map(([name, group]) =>
      this.nodeGroup(name, group, upstream),
    );
    // They run on the nodes.
    this.installComponents(groups.map(({ module }) => module));

    addPodIdentities(this, this.target);

    const byGroup = (value: (group: ManagedNodeGroup) => string) =>
      Object.fromEntries(groups.map((group) => [group.node.id, value(group)]));
    publish(this, nodesContract, {
      role_arns: byGroup(({ roleArn }) => roleArn),
      role_names: byGroup(({ roleName }) => roleName),
      autoscaling_group_names: byGroup(({ autoscalingGroupNames }) => autoscalingGroupNames),
      ebs_csi_role_arn: this.installation("aws-ebs-csi-driver").roleArn,
    });
  }

  private nodeGroup(
    name: string,
    group: NodeGroupSettings,
    { network, cluster }: Upstream,
  ): ManagedNodeGroup {
    const { config, release } = this.target;
    const zones = (group.zones ?? config.network.zones).toSorted();
    const subnets = zones.flatMap((zone) => network.node_subnet_ids[zone] ?? []);
    const [firstType = ""] = group.instanceTypes;
    const [architecture = "x86_64"] = requireInstanceType(firstType).arch;
    // The checks refuse groups of several kinds.
    const accelerator = acceleratorOf(firstType);
    return new ManagedNodeGroup(this, name, {
      clusterName: this.target.clusterName,
      partition: partitionOf(this.target.region),
      clusterServiceCidr: cluster.service_cidr,
      kubernetesVersion: nodesPin(release).version,
      name: groupName(name, group),
      groupName: name,
      subnetIds: subnets,
      securityGroupId: cluster.node_security_group_id,
      instanceTypes: group.instanceTypes,
      architecture: architecture === "arm64" ? "arm64" : "x86_64",
      ...(accelerator !== undefined && accelerator !== "other" && { accelerator }),
      capacity: group.capacity,
      placement: nodePlacementOf(group),
      size: { ...group.size, desired: group.size.desired ?? group.size.min },
      ami: group.ami,
      ...(group.amiId !== undefined && {
        ownImage: {
          id: group.amiId,
          clusterEndpoint: cluster.endpoint,
          certificateAuthority: cluster.certificate_authority_data,
        },
      }),
      amiReleaseVersion: release.amis[group.ami].version,
      maxPods: maxPodsOf(config, group),
      ...(group.kubelet && { kubelet: group.kubelet }),
      proxy: this.target.proxy,
      volumeGiB: group.rootVolumeGiB,
      volumeKind: group.rootVolume ?? { type: "gp3" },
      volumeKeyArn: cluster.volumes_key_arn,
      labels: group.labels,
      taints: [...group.taints, ...startupTaints(this.target)],
      updatePace: updatePaceOf(group),
      additionalPolicies: group.additionalPolicies,
      tags: resourceTags(this.target, group.tags),
    });
  }
}
