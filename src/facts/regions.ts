import { Fault } from "../text/errors";

/** Partitions that targets can be in. In both, names of services end in amazonaws.com, service principals too. */
export type Partition = "aws" | "aws-us-gov";

/** What is known of an AWS region without asking AWS. */
export interface Region {
  readonly partition: Partition;
  readonly geography: string;
  /** Account of EKS that holds the images of add-ons. */
  readonly eksImages: string;
  /**
   * Account whose ECR holds Bottlerocket's host containers: the control container, which is Session Manager's way in, and
   * the admin container. Undefined where Bottlerocket does not know the region: it then pulls from us-east-1.
   */
  readonly bottlerocketImages: string | undefined;
  /**
   * Account by which Elastic Load Balancing writes access logs. Left out where it writes as the service principal
   * logdelivery.elasticloadbalancing.amazonaws.com.
   */
  readonly accessLogs?: string;
}

type Accounts = Omit<Region, "partition" | "geography">;

const commercial = (geography: string, accounts: Accounts): Region => ({
  partition: "aws",
  geography,
  ...accounts,
});
const govCloud = (geography: string, accounts: Accounts): Region => ({
  partition: "aws-us-gov",
  geography,
  ...accounts,
});

/** Of the regions that are enabled without asking for them. */
const shared: Accounts = { eksImages: "602401143452", bottlerocketImages: "328549459982" };

/**
 * Regions that have EKS, of the partitions that targets can be in. Each says its accounts: one that is taken from
 * another region is a denied pull.
 *
 * Sources: AWS General Reference, "Amazon EKS endpoints and quotas". eksImages: EKS User Guide, "View Amazon container
 * image registries for Amazon EKS add-ons"; the same table stands in awslabs/amazon-eks-ami (accounts by region of its
 * ECR lookup). bottlerocketImages: bottlerocket-os/bottlerocket-core-kit v3.1.1, sources/api/schnauzer/src/helpers/mod.rs
 * (ECR_MAP). accessLogs: Elastic Load Balancing User Guide for Application Load Balancers, "Enable access logs"; the numbers
 * stand in hashicorp/terraform-provider-aws, data source aws_elb_service_account, too.
 */
export const regions: Readonly<Record<string, Region>> = {
  "af-south-1": commercial("Cape Town", { eksImages: "877085696533", bottlerocketImages: "917644944286" }),
  "ap-east-1": commercial("Hong Kong", { eksImages: "800184023465", bottlerocketImages: "375569722642" }),
  "ap-east-2": commercial("Taipei", { eksImages: "533267051163", bottlerocketImages: undefined }),
  "ap-northeast-1": commercial("Tokyo", shared),
  "ap-northeast-2": commercial("Seoul", shared),
  "ap-northeast-3": commercial("Osaka", shared),
  "ap-south-1": commercial("Mumbai", shared),
  "ap-south-2": commercial("Hyderabad", { eksImages: "900889452093", bottlerocketImages: "764716012617" }),
  "ap-southeast-1": commercial("Singapore", shared),
  "ap-southeast-2": commercial("Sydney", shared),
  "ap-southeast-3": commercial("Jakarta", { eksImages: "296578399912", bottlerocketImages: "386774335080" }),
  "ap-southeast-4": commercial("Melbourne", {
    eksImages: "491585149902",
    bottlerocketImages: "731751899352",
  }),
  "ap-southeast-5": commercial("Malaysia", { eksImages: "151610086707", bottlerocketImages: "851725293737" }),
  "ap-southeast-6": commercial("New Zealand", { eksImages: "333609536671", bottlerocketImages: undefined }),
  "ap-southeast-7": commercial("Thailand", { eksImages: "121268973566", bottlerocketImages: undefined }),
  "ca-central-1": commercial("Canada Central", shared),
  "ca-west-1": commercial("Calgary", { eksImages: "761377655185", bottlerocketImages: "253897149516" }),
  "eu-central-1": commercial("Frankfurt", shared),
  "eu-central-2": commercial("Zurich", { eksImages: "900612956339", bottlerocketImages: "861738308508" }),
  "eu-north-1": commercial("Stockholm", shared),
  "eu-south-1": commercial("Milan", { eksImages: "590381155156", bottlerocketImages: "586180183710" }),
  "eu-south-2": commercial("Spain", { eksImages: "455263428931", bottlerocketImages: "620625777247" }),
  "eu-west-1": commercial("Ireland", shared),
  "eu-west-2": commercial("London", shared),
  "eu-west-3": commercial("Paris", shared),
  "il-central-1": commercial("Tel Aviv", { eksImages: "066635153087", bottlerocketImages: "288123944683" }),
  "me-central-1": commercial("UAE", { eksImages: "759879836304", bottlerocketImages: "553577323255" }),
  "me-south-1": commercial("Bahrain", { eksImages: "558608220178", bottlerocketImages: "509306038620" }),
  "mx-central-1": commercial("Mexico Central", { eksImages: "730335286997", bottlerocketImages: undefined }),
  "sa-east-1": commercial("Sao Paulo", shared),
  "us-east-1": commercial("N. Virginia", shared),
  "us-east-2": commercial("Ohio", shared),
  "us-gov-east-1": govCloud("GovCloud East", {
    eksImages: "151742754352",
    bottlerocketImages: "388230364387",
    accessLogs: "190560391635",
  }),
  "us-gov-west-1": govCloud("GovCloud West", {
    eksImages: "013241004608",
    bottlerocketImages: "347163068887",
    accessLogs: "048591011584",
  }),
  "us-west-1": commercial("N. California", shared),
  "us-west-2": commercial("Oregon", shared),
};

/**
 * A region's record.
 *
 * @throws Error for a name that the schema would have refused
 */
export function regionNamed(name: string): Region {
  const region = regions[name];
  if (region === undefined) throw new Fault(`${name} is not a region that targets can be in`);
  return region;
}

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
