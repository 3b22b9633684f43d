/** Of regions that are enabled without asking. */
const DEFAULT_ACCOUNT = "602401143452";

const OTHER_ACCOUNTS: Readonly<Record<string, string>> = {
  "af-south-1": "877085696533",
  "ap-east-1": "800184023465",
  "ap-east-2": "533267051163",
  "ap-south-2": "900889452093",
  "ap-southeast-3": "296578399912",
  "ap-southeast-4": "491585149902",
  "ap-southeast-5": "151610086707",
  "ap-southeast-6": "333609536671",
  "ap-southeast-7": "121268973566",
  "ca-west-1": "761377655185",
  "eu-central-2": "900612956339",
  "eu-south-1": "590381155156",
  "eu-south-2": "455263428931",
  "il-central-1": "066635153087",
  "me-central-1": "759879836304",
  "me-south-1": "558608220178",
  "mx-central-1": "730335286997",
  "us-gov-east-1": "151742754352",
  "us-gov-west-1": "013241004608",
};

/**
 * Account of EKS that holds the images of add-ons in a region.
 *
 * Source: EKS User Guide, "View Amazon container image registries for Amazon EKS add-ons"; the same table stands in
 * awslabs/amazon-eks-ami (accounts by region of its ECR lookup).
 */
export function eksRegistryAccount(region: string): string {
  return OTHER_ACCOUNTS[region] ?? DEFAULT_ACCOUNT;
}
