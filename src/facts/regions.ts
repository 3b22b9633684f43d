/** What is known of an AWS region without asking AWS. */
export interface Region {
  readonly partition: "aws" | "aws-us-gov";
  readonly geography: string;
}

const commercial = (geography: string): Region => ({ partition: "aws", geography });
const govCloud = (geography: string): Region => ({ partition: "aws-us-gov", geography });

/**
 * Regions that have EKS. China is left out: it has other service names, registries and accounts, and none of the
 * platform was tried there.
 *
 * Source: AWS General Reference, "Amazon EKS endpoints and quotas".
 */
export const regions: Readonly<Record<string, Region>> = {
  "af-south-1": commercial("Cape Town"),
  "ap-east-1": commercial("Hong Kong"),
  "ap-east-2": commercial("Taipei"),
  "ap-northeast-1": commercial("Tokyo"),
  "ap-northeast-2": commercial("Seoul"),
  "ap-northeast-3": commercial("Osaka"),
  "ap-south-1": commercial("Mumbai"),
  "ap-south-2": commercial("Hyderabad"),
  "ap-southeast-1": commercial("Singapore"),
  "ap-southeast-2": commercial("Sydney"),
  "ap-southeast-3": commercial("Jakarta"),
  "ap-southeast-4": commercial("Melbourne"),
  "ap-southeast-5": commercial("Malaysia"),
  "ap-southeast-6": commercial("New Zealand"),
  "ap-southeast-7": commercial("Thailand"),
  "ca-central-1": commercial("Canada Central"),
  "ca-west-1": commercial("Calgary"),
  "eu-central-1": commercial("Frankfurt"),
  "eu-central-2": commercial("Zurich"),
  "eu-north-1": commercial("Stockholm"),
  "eu-south-1": commercial("Milan"),
  "eu-south-2": commercial("Spain"),
  "eu-west-1": commercial("Ireland"),
  "eu-west-2": commercial("London"),
  "eu-west-3": commercial("Paris"),
  "il-central-1": commercial("Tel Aviv"),
  "me-central-1": commercial("UAE"),
  "me-south-1": commercial("Bahrain"),
  "mx-central-1": commercial("Mexico Central"),
  "sa-east-1": commercial("Sao Paulo"),
  "us-east-1": commercial("N. Virginia"),
  "us-east-2": commercial("Ohio"),
  "us-gov-east-1": govCloud("GovCloud East"),
  "us-gov-west-1": govCloud("GovCloud West"),
  "us-west-1": commercial("N. California"),
  "us-west-2": commercial("Oregon"),
};

export function partitionOf(region: string): Region["partition"] {
  return regions[region]?.partition ?? "aws";
}
