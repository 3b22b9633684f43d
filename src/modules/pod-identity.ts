import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "./physical-names";
import { type EksPodIdentityInputs, EksPodIdentityModule } from "./registry/eks-pod-identity";

/** Policies that the registry module has ready, and those of our own. */
export type IdentityPolicies = Omit<
  EksPodIdentityInputs,
  "name" | "policyNamePrefix" | "useNamePrefix" | "associations" | "associationDefaults"
>;

export interface PodIdentityProps {
  readonly clusterName: string;
  /** What the identity is for; with the cluster's name it becomes the role's. */
  readonly purpose: string;
  /** The account that gets the role. Without one only the role is made, for an add-on that makes the association. */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  readonly policies: IdentityPolicies;
  /** Whether something of the same stack starts with it, and has to wait until it holds. @default true */
  readonly awaited?: boolean;
}

/** An AWS identity for one service account, by EKS Pod Identity. */
export class PodIdentity extends Construct {
  readonly roleArn: string;
  readonly roleName: string;
  /**
   * What a release that uses the identity depends on: an association is "eventually consistent" (EKS User Guide), and
   * a pod that starts too early has no credentials until it is restarted.
   */
  readonly effective: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    { clusterName, purpose, serviceAccount, policies, awaited = true }: PodIdentityProps,
  ) {
    super(scope, id);
    const name = physicalName("iamRole", clusterName, purpose);
    const module = new EksPodIdentityModule(this, "identity", {
      ...policies,
      name,
      // The module's ready-made policies have names of their own, `AmazonEKS_EBS_CSI` and so on: outside of what the
      // deploy role may make, and the same for every cluster of an account (2.6.0, aws_ebs_csi.tf and the like).
      policyNamePrefix: `${name}-`,
      // The module declares this switch as text.
      useNamePrefix: "false",
      associations: serviceAccount
        ? {
            [serviceAccount.name]: {
              cluster_name: clusterName,
              namespace: serviceAccount.namespace,
              service_account: serviceAccount.name,
            },
          }
        : {},
    });
    this.roleArn = module.iamRoleArnOutput;
    this.roleName = module.iamRoleNameOutput;
    this.effective =
      serviceAccount && awaited
        ? new Sleep(this, "association-effective", { createDuration: "30s", dependsOn: [module] })
        : module;
  }
}
