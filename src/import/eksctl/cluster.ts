import type { FoundCluster } from "../found/cluster";
import { fact, factOrNone } from "../found/fact";
import type { Part } from "../part";
import { factsIn } from "../part-facts";
import { isPrivate } from "./network";

/** What the control plane's settings are. */
export function clusterIn(config: Part): FoundCluster {
  const name = config.at("metadata", "name");
  const named = factOrNone(name.text(), name);
  const zonalShift = config.at("zonalShiftConfig", "enabled").flag();
  const family = config.at("kubernetesNetworkConfig", "ipFamily");
  return {
    at: config,
    ...(named && { name: named }),
    endpoint: endpointIn(config),
    serviceCidr: serviceCidrIn(config.at("kubernetesNetworkConfig", "serviceIPv4CIDR")),
    ...(family.text()?.toLowerCase() === "ipv6" && { ipv6: family }),
    support: supportIn(config.at("upgradePolicy", "supportType")),
    logs: logsIn(config.at("cloudWatch", "clusterLogging")),
    ...(zonalShift !== undefined && { zonalShift }),
    subnets: [],
    securityGroups: [],
    tags: factsIn(config.at("metadata", "tags")),
  };
}

/** Open to the world where nothing else is written (pkg/apis/eksctl.io/v1alpha5/types.go, ClusterEndpointAccessDefaults). */
function endpointIn(config: Part): FoundCluster["endpoint"] {
  const endpoints = config.at("vpc", "clusterEndpoints");
  const isPublic = endpoints.at("publicAccess").flag() ?? !isPrivate(config);
  endpoints.at("privateAccess").flag();
  const ranges = isPublic
    ? config
        .at("vpc", "publicAccessCIDRs")
        .items()
        .map((each) => fact(each.text() ?? "", each))
    : [];
  return { at: endpoints, isPublic, ranges };
}

function serviceCidrIn(cidr: Part): FoundCluster["serviceCidr"] {
  const written = cidr.text();
  if (written === undefined)
    cidr.changed(
      "172.20.0.0/16, where EKS chooses 10.100.0.0/16 or 172.20.0.0/16; it can't be changed later",
    );
  return fact(written, cidr);
}

/** Extended where nothing is written, as EKS has it. */
function supportIn(type: Part): FoundCluster["support"] {
  return fact(type.text()?.toLowerCase() === "standard" ? "standard" : "extended", type);
}

function logsIn(logging: Part): FoundCluster["logs"] {
  const types = logging.at("enableTypes");
  const kinds = types.texts();
  const isAll = !types.there || kinds.some((each) => each === "*" || each === "all");
  const retentionDays = logging.at("logRetentionInDays").number();
  return {
    at: types,
    ...(!isAll && { kinds }),
    ...(retentionDays !== undefined && { retentionDays }),
  };
}
