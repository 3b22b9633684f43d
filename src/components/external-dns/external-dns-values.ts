import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, systemTolerations } from "../../modules/platform-pods";

export interface ExternalDnsSettings {
  /** Of the release and the service account: there may be several instances in the namespace. */
  readonly name: string;
  readonly clusterName: string;
  readonly region: string;
  /** Hosted zone ids by domain name. */
  readonly zones: Readonly<Record<string, string>>;
  /** Domains below those that other instances write. */
  readonly otherZones: readonly string[];
  /** Role that it assumes. */
  readonly role?: { readonly arn: string; readonly externalId?: string };
  /** Routes of the Gateway API name hosts, and the API server knows their kinds. */
  readonly gatewayApi: boolean;
  readonly deleteRecords: boolean;
  readonly imageMirror?: string;
}

/**
 * Name of the TXT record that says whose a record is: `external-dns-cname.www.example.com` for www.example.com. It ends
 * with a dot, so that the record of the zone's own name lies in the zone too; the type has to be in it then, or an
 * address and an alias of one name would share a record (kubernetes-sigs/external-dns v0.21.0, registry/mapper).
 */
export const OWNERSHIP_PREFIX = "external-dns-%{record_type}.";

/** Values of the external-dns chart, 1.21. */
export function externalDnsValues(settings: ExternalDnsSettings): ChartValues {
  const { name, clusterName, region, zones, role, deleteRecords, imageMirror } = settings;
  const domains = Object.keys(zones).sort();
  const below = settings.otherZones.filter((other) => domains.some((domain) => other.endsWith(`.${domain}`)));
  return {
    ...(imageMirror !== undefined && {
      image: { repository: mirrored("registry.k8s.io/external-dns/external-dns", imageMirror) },
    }),
    provider: { name: "aws" },
    env: [{ name: "AWS_REGION", value: region }],
    serviceAccount: { name },
    // Hosts of Istio's gateways come with their Service: its kinds are made after this release.
    sources: [
      "service",
      "ingress",
      ...(settings.gatewayApi ? ["gateway-httproute", "gateway-grpcroute"] : []),
    ],
    domainFilters: domains,
    ...(below.length > 0 && { excludeDomains: below }),
    extraArgs: [
      ...domains.map((domain) => `--zone-id-filter=${zones[domain]}`),
      ...(role ? [`--aws-assume-role=${role.arn}`] : []),
      ...(role?.externalId === undefined ? [] : [`--aws-assume-role-external-id=${role.externalId}`]),
    ],
    policy: deleteRecords ? "sync" : "upsert-only",
    registry: "txt",
    // Whose a record is: two clusters on one zone leave each other's alone.
    txtOwnerId: clusterName,
    txtPrefix: OWNERSHIP_PREFIX,
    priorityClassName: priorityClass.critical,
    tolerations: systemTolerations,
  };
}
