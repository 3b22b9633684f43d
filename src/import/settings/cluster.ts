import { supportEnd } from "../../facts/eks-calendar";
import type { ReleaseName } from "../../releases/names";
import { releases } from "../../releases/releases";
import { type Plain, settingsOrNone } from "../draft";
import type { FoundCluster } from "../found/cluster";
import type { Fact } from "../found/fact";

/** What the control plane's settings are, but its name and who has access. */
export function clusterSettings(
  found: FoundCluster,
  release: ReleaseName,
): Readonly<Record<string, Plain | undefined>> {
  return {
    endpoint: endpointSettings(found.endpoint),
    serviceCidr: found.serviceCidr.value,
    supportPolicy: supportSettings(found, release),
    logs: logSettings(found.logs),
    zonalShift: found.zonalShift,
    ...protectionSettings(found.deletionProtection),
  };
}

/** AWS would upgrade a cluster whose version has left standard support, unless it is paid for. */
function supportSettings({ support }: FoundCluster, release: ReleaseName): string {
  const { version } = releases[release].kubernetes;
  const end = supportEnd(version);
  if (support.value === "extended" || end?.standardEnded !== true) return support.value;
  support.at.changed(
    `extended: Kubernetes ${version} left standard support on ${end.standard}, and a new cluster of it costs 0.60 USD an hour in place of 0.10`,
  );
  return "extended";
}

const CLUSTER_NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

export function nameSettings(name: Fact<string> | undefined): string | undefined {
  if (name === undefined || CLUSTER_NAME.test(name.value)) return name?.value;
  name.at.changed(
    "<environment>-<region>: this name has more than small letters, digits and dashes, or over 40",
  );
  return undefined;
}

const PUBLIC_RANGE = /^\d{1,3}(\.\d{1,3}){3}\/(\d{1,2})$/;

function endpointSettings({ isPublic, ranges, at }: FoundCluster["endpoint"]): Plain | undefined {
  if (!isPublic) return undefined;
  const narrow = ranges.flatMap((each) => {
    const prefix = Number(PUBLIC_RANGE.exec(each.value)?.[2] ?? 0);
    if (prefix >= 8 && prefix <= 32) return [each.value];
    each.at.lost(
      "must be an IPv4 range of /8 or narrower; write the office's or VPN's in cluster.endpoint.cidrs",
    );
    return [];
  });
  if (narrow.length > 0)
    return {
      kind: "restricted-public",
      cidrs: narrow,
      reason: "the public ranges that were imported: they had access before",
    };
  at.changed(
    "reached from the VPC alone: before, it was open to the internet; for some ranges write cluster.endpoint",
  );
  return undefined;
}

const KINDS = 5;

function logSettings({ kinds, retentionDays, at }: FoundCluster["logs"]): Plain | undefined {
  if (kinds !== undefined && kinds.length < KINDS) at.changed("all five kinds of logs, encrypted");
  return settingsOrNone({ retentionDays: retentionDays === 0 ? undefined : retentionDays });
}

/** Off is the platform's own where it is no production's, and takes a reason where it is. */
function protectionSettings(found: Fact<boolean> | undefined): Readonly<Record<string, Plain | undefined>> {
  return { deletionProtection: found?.value === true ? true : undefined };
}
