/** Partitions that targets can be in. In both, names of services end in amazonaws.com, service principals too. */
export type Partition = "aws" | "aws-us-gov";

/** What is known of an AWS region without asking AWS. */
export interface Region {
  readonly partition: Partition;
  readonly geography: string;
}

const commercial = (geography: string): Region => ({ partition: "aws", geography });
const govCloud = (geography: string): Region => ({ partition: "aws-us-gov", geography });

/**
 * Regions that have EKS, of the partitions that targets can be in.
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

export function partitionOf(region: string): Partition {
  return regions[region]?.partition ?? "aws";
}

/** A partition of AWS that no target can be in. */
export interface RefusedPartition {
  readonly name: string;
  readonly why: string;
}

const otherNames = (name: string, suffix: string, regionName: RegExp) => ({
  regionName,
  name,
  why: `names of AWS's services end in ${suffix} there, and the platform knows no registries of EKS's images there`,
});

/**
 * Names of partitions and suffixes: botocore 1.44.8, data/partitions.json. China: the EKS User Guide of the China
 * regions, "EKS Pod Identities", says that they are not available there; every controller of the platform that calls
 * AWS has its role by one.
 */
const REFUSED: readonly (RefusedPartition & { readonly regionName: RegExp })[] = [
  {
    regionName: /^cn-/,
    name: "aws-cn",
    why: "EKS Pod Identity, by which the platform's controllers have their roles, is not available in China",
  },
  otherNames("aws-eusc", "amazonaws.eu", /^eusc-/),
  otherNames("aws-iso", "c2s.ic.gov", /^us-iso-/),
  otherNames("aws-iso-b", "sc2s.sgov.gov", /^us-isob-/),
  otherNames("aws-iso-e", "cloud.adc-e.uk", /^eu-isoe-/),
  otherNames("aws-iso-f", "csp.hci.ic.gov", /^us-isof-/),
];

/** The partition of a region that can hold no target; undefined of all other names. */
export function refusedPartition(region: string): RefusedPartition | undefined {
  return REFUSED.find(({ regionName }) => regionName.test(region));
}
