const DEFAULT_ACCOUNT = "328549459982";

/** Regions of which Bottlerocket knows an account; with none, it is that of most regions. */
const ACCOUNTS: Readonly<Record<string, string | undefined>> = {
  "af-south-1": "917644944286",
  "ap-east-1": "375569722642",
  "ap-south-2": "764716012617",
  "ap-southeast-3": "386774335080",
  "ap-southeast-4": "731751899352",
  "ap-southeast-5": "851725293737",
  "ca-west-1": "253897149516",
  "eu-central-2": "861738308508",
  "eu-south-1": "586180183710",
  "eu-south-2": "620625777247",
  "il-central-1": "288123944683",
  "me-central-1": "553577323255",
  "me-south-1": "509306038620",
  "us-gov-east-1": "388230364387",
  "us-gov-west-1": "347163068887",
};

/** Regions that its sources did not know when they were read; newer releases may. */
const UNKNOWN: readonly string[] = ["ap-east-2", "ap-southeast-6", "ap-southeast-7", "mx-central-1"];

/**
 * Account whose ECR holds Bottlerocket's host containers in a region: the control container, which is Session Manager's
 * way in, and the admin container. Undefined where the account is not known: a Bottlerocket that does not know it
 * either pulls from us-east-1.
 *
 * Source: bottlerocket-os/bottlerocket-core-kit v3.1.1, sources/api/schnauzer/src/helpers/mod.rs (ECR_MAP).
 */
export function bottlerocketRegistryAccount(region: string): string | undefined {
  return UNKNOWN.includes(region) ? undefined : (ACCOUNTS[region] ?? DEFAULT_ACCOUNT);
}
