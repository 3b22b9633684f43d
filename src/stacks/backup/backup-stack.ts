import type { Construct } from "constructs";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { backupContract } from "./backup-contract";

/** Backups of what runs in the cluster, and the way back. */
export class BackupStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "backup", props);
    this.installComponents();
    const { bucket, keyArn, roleArn } = this.installation("velero");
    publish(this, backupContract, { bucket, key_arn: keyArn, role_arn: roleArn });
  }
}
