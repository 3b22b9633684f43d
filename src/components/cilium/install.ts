import { partitionOf } from "../../facts/regions";
import { formatCidr } from "../../ip-capacity/cidr";
import type { CniSettings } from "../../model/settings";
import type { Target } from "../../model/target";
import { NODE_SUBNET_TAG, POD_SUBNET_TAG } from "../../modules/network/subnet-tags";
import { Fault } from "../../text/errors";
import { apiServerHost } from "../../wiring/api-server-host";
import { type Installing, releasesOf } from "../installing";
import { Cilium } from "./cilium";
import { type CiliumMode, cniConfigurationFor } from "./cilium-values";

type CiliumSettings = Exclude<CniSettings, { kind: "vpc-cni" }>;

export function installCilium({
  scope,
  target,
  clusterName,
  cluster,
  mirror,
  earlier,
  need,
}: Installing): Cilium {
  const { region, config, release } = target;
  const { cni } = config;
  if (cni.kind === "vpc-cni") throw new Fault(`${target.name} has no Cilium`);
  const { cilium: chart } = release.charts;
  const { endpoint, volumes_key_arn: volumesKeyArn } = cluster();
  const mode = modeOf(cni, target);
  const istio = target.mesh.dataPlane;
  const clusterMesh = target.mesh.cilium;
  need("helm", ...(mode.kind === "eni" ? (["time"] as const) : []));
  if (cniConfigurationFor(mode, chart.version)) need("kubernetes");
  const first = releasesOf(earlier, "vpc-cni", "gateway-api");
  return new Cilium(scope, "cilium", {
    chart,
    clusterName,
    apiServerHost: apiServerHost(endpoint),
    mode,
    encryption: "encryption" in cni ? cni.encryption : "none",
    hubble: cni.hubble,
    ...(config.identity?.kind === "cilium" && {
      mutual: { trustDomain: config.identity.trustDomain, volumesKeyArn },
    }),
    ...("bgp" in cni && cni.bgp && { bgp: { services: cni.bgp.advertise.services.length > 0 } }),
    egressGateway: "egressGateway" in cni && cni.egressGateway !== undefined,
    nodeLocalDns: config.network.dns.nodeLocalCache,
    monitored: config.observability?.prometheus !== undefined,
    ...(istio && { istio }),
    ...(clusterMesh && {
      clusterMesh: {
        ...clusterMesh,
        targetType: target.loadBalancerTargets,
        peers: target.mesh.peers.map((peer) => peer.clusterName),
      },
    }),
    ...mirror,
    account: { partition: partitionOf(region), region, accountId: config.account.id },
    ...("gatewayApi" in cni && cni.gatewayApi.enabled && { gatewayApi: true }),
    ...(first.length > 0 && { dependsOn: first }),
  });
}

function modeOf(cni: CiliumSettings, { config: { network }, clusterName }: Target): CiliumMode {
  const vpcCidr = formatCidr(network.vpcCidr);
  const ownPodSubnets = network.subnets.pods !== undefined;
  switch (cni.kind) {
    case "cilium-eni":
      return {
        kind: "eni",
        vpcCidr,
        prefixDelegation: cni.prefixDelegation,
        podSubnetTag: { key: ownPodSubnets ? POD_SUBNET_TAG : NODE_SUBNET_TAG, value: clusterName },
        ownPodSubnets,
      };
    case "cilium-overlay":
      return {
        kind: "overlay",
        podCidr: formatCidr(cni.podCidr),
        nodeMask: cni.nodeMask,
        tunnel: cni.tunnel,
      };
    case "cilium-chaining":
      return { kind: "chaining", vpcCidr };
  }
}
