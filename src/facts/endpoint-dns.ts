import { globalServiceHost } from "./endpoint-reach";

/** Services whose endpoint answers under another name than `<service>.<region>.amazonaws.com`, besides global ones. */
const OTHER_NAMES: Readonly<Record<string, (region: string) => string>> = {
  "ecr.api": (region) => `api.ecr.${region}.amazonaws.com`,
  "ecr.dkr": (region) => `dkr.ecr.${region}.amazonaws.com`,
  // EKS User Guide, "Pod Identity": the agent calls the dual-stack name.
  "eks-auth": (region) => `eks-auth.${region}.api.aws`,
  // AWS General Reference, "AWS Billing and Cost Management endpoints and quotas", Price List.
  "pricing.api": (region) => `api.pricing.${region}.amazonaws.com`,
};

/** Name under which a service is called through its endpoint; what is called may stand before it. */
export function endpointDnsName(service: string, region: string): string {
  return (
    OTHER_NAMES[service]?.(region) ??
    globalServiceHost(service, region) ??
    `${service}.${region}.amazonaws.com`
  );
}
