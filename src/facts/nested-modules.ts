/** A registry module that another one calls, so that Terraform downloads both. */
export interface NestedModule {
  readonly source: string;
  readonly version: string;
}

/**
 * What registry modules call of other registry modules, by source and version. Read in their sources at these versions:
 * terraform-aws-modules/terraform-aws-eks v21.11.0, main.tf, module "kms"; the others name modules of their own folder only.
 * Terraform downloads them also where `count` leaves them out.
 */
export const nestedModules: Readonly<Record<string, readonly NestedModule[]>> = {
  "terraform-aws-modules/vpc/aws 6.5.1": [],
  "terraform-aws-modules/eks/aws 21.11.0": [{ source: "terraform-aws-modules/kms/aws", version: "4.0.0" }],
  "terraform-aws-modules/eks-pod-identity/aws 2.6.0": [],
  "terraform-aws-modules/iam/aws 6.2.3": [],
  "terraform-aws-modules/kms/aws 4.0.0": [],
};
