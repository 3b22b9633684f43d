import { Fault } from "../../text/errors";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { Construct } from "constructs";
import { Velero } from "../../components/velero/velero";
import { VELERO_NAMESPACE } from "../../components/velero/record";
import { backupContract } from "./backup-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { keyOwner } from "../key-owner";
import { publish } from "../base/published-outputs";

/** Backups of what runs in the cluster, and the way back. */
export class BackupStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "backup", props);
    const { config, release, clusterName, region, name } = this.target;
    const { backup, observability } = config;
    if (backup === undefined) throw new Fault(`${name} has no backup`);
    new TimeProvider(this, "time");
    const velero = new Velero(this, "velero", {
      ...backup,
      chart: release.charts.velero,
      owner: keyOwner(this.target),
      clusterName,
      region,
      volumesKeyArn: this.cluster.volumes_key_arn,
      monitored: observability?.prometheus !== undefined,
      ...this.mirror(),
    });
    this.closeNamespace(VELERO_NAMESPACE, [velero.release]);
    publish(this, backupContract, {
      bucket: velero.bucket,
      key_arn: velero.keyArn,
      role_arn: velero.roleArn,
    });
  }
}
