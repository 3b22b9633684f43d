import { addedPermissions } from "../../modules/added-permissions";
import { EksAddon } from "../../modules/eks-addon";
import { PodIdentity } from "../../modules/pod-identity";
import type { Installation, Installing } from "../installing";
import { ebsCsiConfiguration } from "./ebs-csi";

interface EbsCsiInstallation extends Installation {
  readonly roleArn: string;
}

export function installEbsCsi({
  scope,
  target,
  clusterName,
  cluster,
  dependsOn,
}: Installing): EbsCsiInstallation {
  const { roleArn } = new PodIdentity(scope, "ebs-csi-identity", {
    clusterName,
    purpose: "ebs-csi",
    policies: {
      attachAwsEbsCsiPolicy: true,
      awsEbsCsiKmsArns: [cluster().volumes_key_arn],
      policyStatements: addedPermissions("aws-ebs-csi-driver"),
    },
  });
  const { addon } = new EksAddon(scope, "ebs-csi", {
    clusterName,
    addonName: "aws-ebs-csi-driver",
    version: target.release.addons["aws-ebs-csi-driver"].version,
    configuration: ebsCsiConfiguration(),
    identity: { serviceAccount: "ebs-csi-controller-sa", roleArn },
    dependsOn,
  });
  return { release: addon, roleArn };
}
