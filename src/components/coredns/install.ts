import { EksAddon } from "../../modules/eks-addon";
import type { Installation, Installing } from "../installing";
import { coreDnsConfiguration } from "./core-dns";

export function installCoreDns({ scope, target, clusterName, dependsOn }: Installing): Installation {
  const { config, release } = target;
  const { addon } = new EksAddon(scope, "coredns", {
    clusterName,
    addonName: "coredns",
    version: release.addons.coredns.version,
    configuration: coreDnsConfiguration(config.network.dns.coreDns),
    dependsOn,
  });
  return { release: addon };
}
