import { type Plain, settingsOrNone } from "../draft";
import type { Part } from "../part";
import { isPrivate } from "./network";

/** What the control plane's settings are, but who has access. */
export function clusterOf(config: Part): Readonly<Record<string, Plain | undefined>> {
  return {
    name: nameOf(config.at("metadata", "name")),
    endpoint: endpointOf(config),
    serviceCidr: serviceCidrOf(config.at("kubernetesNetworkConfig", "serviceIPv4CIDR")),
    supportPolicy: supportOf(config.at("upgradePolicy", "supportType")),
    logs: logsOf(config.at("cloudWatch", "clusterLogging")),
    zonalShift: config.at("zonalShiftConfig", "enabled").flag(),
  };
}

const CLUSTER_NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

function nameOf(name: Part): string | undefined {
  const written = name.text();
  if (written === undefined || CLUSTER_NAME.test(written)) return written;
  name.changed(
    "<environment>-<region>: this name has more than small letters, digits and dashes, or over 40",
  );
  return undefined;
}

const PUBLIC_RANGE = /^\d{1,3}(\.\d{1,3}){3}\/(\d{1,2})$/;

/** Open to the world where nothing else is written (pkg/apis/eksctl.io/v1alpha5/types.go, ClusterEndpointAccessDefaults). */
function endpointOf(config: Part): Plain | undefined {
  const endpoints = config.at("vpc", "clusterEndpoints");
  const open = endpoints.at("publicAccess").flag() ?? !isPrivate(config);
  endpoints.at("privateAccess").flag();
  if (!open) return undefined;
  const ranges = config.at("vpc", "publicAccessCIDRs");
  const narrow = ranges.items().flatMap((each) => {
    const text = each.text() ?? "";
    const prefix = Number(PUBLIC_RANGE.exec(text)?.[2] ?? 0);
    if (prefix >= 8 && prefix <= 32) return [text];
    each.lost(
      "must be an IPv4 range of /8 or narrower; write the office's or VPN's in cluster.endpoint.cidrs",
    );
    return [];
  });
  if (narrow.length > 0)
    return {
      kind: "restricted-public",
      cidrs: narrow,
      reason: "the ranges that vpc.publicAccessCIDRs of eksctl's file named",
    };
  endpoints.changed(
    "reached from the VPC alone: with eksctl it was open to the internet; for some ranges write cluster.endpoint",
  );
  return undefined;
}

function serviceCidrOf(cidr: Part): string | undefined {
  const written = cidr.text();
  if (written === undefined)
    cidr.changed(
      "172.20.0.0/16, where EKS chooses 10.100.0.0/16 or 172.20.0.0/16; it can't be changed later",
    );
  return written;
}

/** Extended where nothing is written, as EKS has it. */
function supportOf(type: Part): string {
  return type.text()?.toLowerCase() === "standard" ? "standard" : "extended";
}

function logsOf(logging: Part): Plain | undefined {
  const types = logging.at("enableTypes");
  if (
    types.there &&
    !types.texts().some((each) => each === "*" || each === "all") &&
    types.items().length < 5
  )
    types.changed("all five kinds of logs, encrypted");
  return settingsOrNone({ retentionDays: logging.at("logRetentionInDays").number() });
}
