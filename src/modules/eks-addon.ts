import { EksAddon as AwsEksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface EksAddonProps {
  readonly clusterName: string;
  /** Name of the add-on at EKS. */
  readonly addonName: string;
  /** Exact version, such as `v1.20.4-eksbuild.1`. Left open, AWS would choose one at every plan. */
  readonly version: string;
  readonly configuration?: object;
  /** Pod Identity: the role of the add-on's service account. */
  readonly identity?: { readonly serviceAccount: string; readonly roleArn: string };
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * An EKS add-on at a pinned version. Its own resource rather than an input of the EKS module, which asks AWS for
 * add-on versions at every plan, even when one is given.
 */
export class EksAddon extends Construct {
  readonly addon: AwsEksAddon;

  constructor(scope: Construct, id: string, props: EksAddonProps) {
    super(scope, id);
    const { clusterName, addonName, version, configuration, identity, dependsOn } = props;
    this.addon = new AwsEksAddon(this, "addon", {
      clusterName,
      addonName,
      addonVersion: version,
      resolveConflictsOnCreate: "OVERWRITE",
      // What someone changed by hand is drift: the plan shows it and the apply takes it back.
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(configuration && { configurationValues: JSON.stringify(configuration) }),
      ...(identity && { podIdentityAssociation: [identity] }),
      ...(dependsOn && { dependsOn }),
    });
  }
}
