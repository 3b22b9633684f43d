import { type Partition, partitionOf } from "./regions";

/**
 * Services that are one for all regions of a partition: their endpoint has a name without a region, and leads from any
 * region to the one where the service is run (across regions by `service_region`).
 *
 * Source: AWS PrivateLink Guide, "Cross-region enabled AWS services", read 2026-11-28: com.amazonaws.iam and
 * com.amazonaws.route53. Where each is run: IAM User Guide, "Resilience in IAM", and Amazon Route 53 Developer Guide,
 * "Resilience in Amazon Route 53".
 */
const GLOBAL: Readonly<
  Record<string, { readonly home: Readonly<Record<Partition, string>>; readonly host: string }>
> = {
  iam: { home: { aws: "us-east-1", "aws-us-gov": "us-gov-west-1" }, host: "iam" },
  route53: { home: { aws: "us-east-1", "aws-us-gov": "us-gov-west-1" }, host: "route53" },
};

/** Full name of the service that an endpoint is made for, and its region where that is not the VPC's. */
export interface EndpointService {
  readonly name: string;
  readonly serviceRegion?: string;
}

export function endpointService(service: string, region: string): EndpointService {
  const home = GLOBAL[service]?.home[partitionOf(region)];
  if (home === undefined) return { name: `com.amazonaws.${region}.${service}` };
  return { name: `com.amazonaws.${service}`, ...(home !== region && { serviceRegion: home }) };
}

/** Host of a service that is one for all regions (AWS General Reference, "Service endpoints"). */
export function globalServiceHost(service: string, region: string): string | undefined {
  const found = GLOBAL[service];
  if (found === undefined) return undefined;
  return partitionOf(region) === "aws-us-gov"
    ? `${found.host}.us-gov.amazonaws.com`
    : `${found.host}.amazonaws.com`;
}

/** Services with an endpoint in few regions, and not across regions. */
const FEW_REGIONS: Readonly<Record<string, readonly string[]>> = {
  // AWS What's New, "AWS Price List API now supports AWS PrivateLink", 2025-02-17; also in China.
  "pricing.api": ["ap-south-1", "eu-central-1", "us-east-1"],
};

/** Regions in which a service has an endpoint; undefined: wherever the service is, as far as is known here. */
export function regionsWithEndpoint(service: string): readonly string[] | undefined {
  return FEW_REGIONS[service];
}

/**
 * Services whose endpoint takes no policy (AWS Billing User Guide, "Access AWS Billing and Cost Management using an
 * interface endpoint", read 2026-11-28).
 */
export const servicesWithoutEndpointPolicy: readonly string[] = ["pricing.api"];

/** What software of the platform calls beyond the endpoints of every set, and what is done without. */
export interface RemoteService {
  readonly service: string;
  readonly calledBy: string;
  readonly instead: string;
  /** Its endpoint, by the name that network.endpoints.additional takes. Left out: nothing leads to it. */
  readonly endpoint?: string;
}

/**
 * Sources: Karpenter v1.14.1, pkg/controllers/nodeclass (instance profiles) and pkg/providers/pricing; Amazon ECR User
 * Guide, "Amazon ECR interface VPC endpoints" (of ECR Public only the API has one, in us-east-1; pulls do not).
 */
export const remoteServices: readonly RemoteService[] = [
  {
    service: "IAM",
    calledBy: "Karpenter, where it makes instance profiles",
    instead: "an instance profile that Terraform makes (EC2NodeClass spec.instanceProfile)",
    endpoint: "iam",
  },
  {
    service: "Route 53",
    calledBy: "external-dns and cert-manager (DNS-01)",
    instead: "records and certificates that Terraform makes",
    endpoint: "route53",
  },
  {
    service: "Price List",
    calledBy: "Karpenter",
    instead: "its built-in prices (settings.isolatedVPC), which grow old",
    endpoint: "pricing.api",
  },
  {
    service: "ECR Public (public.ecr.aws)",
    calledBy: "pulls of charts and images",
    instead: "images.mirror, filled before (npx octarine images TARGET --copy crane)",
  },
];

/** Whether an endpoint of a service can be made in a region. */
export function endpointOffered(service: string, region: string): boolean {
  return FEW_REGIONS[service]?.includes(region) ?? true;
}

/** What a target without a way out does not reach, and the endpoints that would lead there. */
export function unreachedServices(region: string, endpoints: readonly string[]): RemoteService[] {
  return remoteServices
    .filter(({ endpoint }) => endpoint === undefined || !endpoints.includes(endpoint))
    .map(({ endpoint, ...rest }) =>
      endpoint !== undefined && endpointOffered(endpoint, region) ? { ...rest, endpoint } : rest,
    );
}
