import { Fault } from "../../text/errors";
import type { Construct } from "constructs";
import { Spire } from "../../components/spire/spire";
import { identityContract } from "./identity-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { isCalledOnNodes } from "../../model/pod-network";

/** SPIRE. Cilium's mutual authentication is a part of Cilium, in the cni stack. */
export class IdentityStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "identity", props);
    const { config, release, clusterName, name } = this.target;
    const { identity } = config;
    if (identity?.kind !== "spire") throw new Fault(`${name} has no SPIRE`);
    const { trustDomain, caSubject, storageGiB } = identity;
    new Spire(this, "spire", {
      trustDomain,
      caSubject,
      storageGiB,
      charts: { crds: release.charts["spire-crds"], spire: release.charts.spire },
      clusterName,
      volumesKeyArn: this.cluster.volumes_key_arn,
      webhook: !isCalledOnNodes(config),
      ...this.mirror(),
    });
    publish(this, identityContract, { trust_domain: trustDomain });
  }
}
