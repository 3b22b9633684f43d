import type { ChartValues } from "../chart-values";
import { mirrored } from "../mirrored-image";
import { priorityClass, systemTolerations } from "../platform-pods";

export interface ExternalDnsSettings {
  readonly clusterName: string;
  readonly region: string;
  /** Hosted zone ids by domain name. */
  readonly zones: Readonly<Record<string, string>>;
  readonly deleteRecords: boolean;
  readonly imageMirror?: string;
}

/** Values of the external-dns chart, 1.21. */
export function externalDnsValues(settings: ExternalDnsSettings): ChartValues {
  const { clusterName, region, zones, deleteRecords, imageMirror } = settings;
  const domains = Object.keys(zones).sort();
  return {
    ...(imageMirror !== undefined && {
      image: { repository: mirrored("registry.k8s.io/external-dns/external-dns", imageMirror) },
    }),
    provider: { name: "aws" },
    env: [{ name: "AWS_REGION", value: region }],
    serviceAccount: { name: "external-dns" },
    sources: ["service", "ingress"],
    domainFilters: domains,
    extraArgs: domains.map((domain) => `--zone-id-filter=${zones[domain]}`),
    policy: deleteRecords ? "sync" : "upsert-only",
    registry: "txt",
    // Whose a record is: two clusters on one zone leave each other's alone.
    txtOwnerId: clusterName,
    txtPrefix: "external-dns-",
    priorityClassName: priorityClass.critical,
    tolerations: systemTolerations,
  };
}
