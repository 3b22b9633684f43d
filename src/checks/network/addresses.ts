import { notOneOf } from "../../text/nearest";
import { onPremisesRanges } from "../../model/connected-ranges";
import { type Cidr, contains, formatCidr, overlaps, parseCidr } from "../../ip-capacity/cidr";
import { type OwnRange } from "../../model/own-ranges";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, FleetCheck, TargetCheck } from "../finding";

type NamedRange = Pick<OwnRange, "label" | "path" | "cidr">;

function remoteRanges({ config }: Target): NamedRange[] {
  const { network, runner } = config;
  const ranges = (label: string, path: ConfigPath, cidrs: readonly Cidr[]) =>
    cidrs.map((cidr, index) => ({ label, path: [...path, index], cidr }));
  return [
    ...ranges(
      "on-premises range",
      ["network", "connections", "onPremises", "cidrs"],
      onPremisesRanges(network),
    ),
    ...(runner?.reach === "peered" ? ranges("runner range", ["runner", "cidrs"], runner.cidrs) : []),
  ];
}

/** VPC, services, overlay pods, on-premises and runner ranges of one target are apart. */
export const rangeOverlapCheck: TargetCheck = (target) => {
  const own: readonly NamedRange[] = target.ownRanges;
  const pairs = [
    ...own.flatMap((range, index) => own.slice(0, index).map((other) => [range, other] as const)),
    ...remoteRanges(target).flatMap((range) => own.map((other) => [range, other] as const)),
  ];
  return pairs.flatMap(([range, other]): Finding[] => {
    if (!overlaps(range.cidr, other.cidr)) return [];
    return [
      {
        path: range.path,
        value: formatCidr(range.cidr),
        message: `overlaps the ${other.label} ${formatCidr(other.cidr)} (${other.path.join(".")}); write a free range`,
        related: [other.path],
      },
    ];
  });
};

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseCidr);

/** EKS takes service ranges from RFC 1918 only (EKS API reference, KubernetesNetworkConfigRequest). */
export const serviceRangeCheck: TargetCheck = ({ config }) => {
  const { serviceCidr } = config.cluster;
  if (PRIVATE.some((range) => contains(range, serviceCidr))) return [];
  const message =
    "is not a range that EKS takes for services; write one inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
  return [{ path: ["cluster", "serviceCidr"], value: formatCidr(serviceCidr), message }];
};

/** Peers exist and name each other. */
export const peerCheck: FleetCheck = ({ targets }) => {
  const byName = new Map(targets.map((target) => [target.name, target]));
  return targets.flatMap((target) =>
    target.config.network.connections.peers.flatMap((peerName, index) => {
      const path: ConfigPath = ["network", "connections", "peers", index];
      const peer = byName.get(peerName);
      const finding = (message: string) => [{ target, finding: { path, message } }];
      if (peerName === target.name) return finding("is this target itself; remove it");
      if (peer === undefined) return finding(notOneOf(peerName, "a target", [...byName.keys()]));
      if (!peer.config.network.connections.peers.includes(target.name)) {
        return finding(
          `does not name ${target.name} back; add it to network.connections.peers in ${peer.file}`,
        );
      }
      return [];
    }),
  );
};
