import { isCalledOnNodes } from "../../model/pod-network";
import { Fault } from "../../text/errors";
import type { Installing } from "../installing";
import { Spire } from "./spire";

/** SPIRE and its definitions. Cilium's mutual authentication is a part of Cilium. */
export function installSpire({ scope, target, clusterName, cluster, mirror }: Installing): Spire {
  const { config, release } = target;
  const { identity } = config;
  if (identity?.kind !== "spire") throw new Fault(`${target.name} has no SPIRE`);
  const { trustDomain, caSubject, storageGiB } = identity;
  return new Spire(scope, "spire", {
    trustDomain,
    caSubject,
    storageGiB,
    charts: { crds: release.charts["spire-crds"], spire: release.charts.spire },
    clusterName,
    volumesKeyArn: cluster().volumes_key_arn,
    webhook: !isCalledOnNodes(config),
    ...mirror,
  });
}
