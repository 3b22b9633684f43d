import { addressAt } from "../../ip-capacity/cidr";
import { type Installing, releasesOf } from "../installing";
import { NodeLocalDns } from "./node-local-dns";

export function installNodeLocalDns({ scope, target, mirror, earlier, need }: Installing): NodeLocalDns {
  need("helm");
  const { config, release } = target;
  return new NodeLocalDns(scope, "dns-cache", {
    chart: release.charts["node-local-dns"],
    path:
      config.cni.kind === "vpc-cni"
        ? // EKS gives kube-dns the tenth address of the service range.
          { kind: "iptables", clusterDnsAddress: addressAt(config.cluster.serviceCidr, 10) }
        : { kind: "cilium-redirect" },
    stubZones: Object.keys(config.network.dns.coreDns.stubZones).length > 0,
    ...mirror,
    dependsOn: releasesOf(earlier, "coredns"),
  });
}
