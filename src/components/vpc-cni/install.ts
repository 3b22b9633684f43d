import { propertyAccess, Token } from "cdktf";
import type { CniSettings } from "../../model/settings";
import { Fault } from "../../text/errors";
import type { Installing } from "../installing";
import { type CustomNetworking, VpcCni, type VpcCniOptions } from "./vpc-cni";

type VpcCniSettings = Extract<CniSettings, { kind: "vpc-cni" | "cilium-chaining" }>;

export function installVpcCni(stack: Installing): VpcCni {
  const { scope, target, clusterName } = stack;
  const { config, release } = target;
  const { cni } = config;
  if (cni.kind !== "vpc-cni" && cni.kind !== "cilium-chaining")
    throw new Fault(`${target.name} has no VPC CNI`);
  return new VpcCni(scope, "vpc-cni", {
    clusterName,
    version: release.addons["vpc-cni"].version,
    options: {
      ...optionsOf(cni, config.network.ipv6.mode === "ipv6"),
      ...(cni.customNetworking && { customNetworking: customNetworking(stack) }),
    },
  });
}

function optionsOf(cni: VpcCniSettings, ipv6: boolean): VpcCniOptions {
  const { addressMode, externalSnat, securityGroupsForPods } = cni;
  const common = {
    addressMode,
    externalSnat,
    ipv6,
    ...(securityGroupsForPods && { podSecurityGroups: securityGroupsForPods.enforcingMode }),
  };
  // Behind Cilium, Cilium enforces policy; two enforcers would each need every allow.
  if (cni.kind === "cilium-chaining") return { ...common, networkPolicy: false };
  const { networkPolicy, warmPrefixTarget, warmIpTarget, minimumIpTarget } = cni;
  return { ...common, networkPolicy, warmPrefixTarget, warmIpTarget, minimumIpTarget };
}

function customNetworking({ target, cluster, network }: Installing): CustomNetworking {
  const { pod_subnet_ids } = network();
  // Nodes of a retiring zone need theirs until they are gone.
  const subnetIds = target.zones.kept.map((zone) => [
    zone,
    Token.asString(propertyAccess(pod_subnet_ids, [zone])),
  ]);
  return {
    region: target.region,
    securityGroupId: cluster().node_security_group_id,
    subnetIds: Object.fromEntries(subnetIds) as Record<string, string>,
  };
}
