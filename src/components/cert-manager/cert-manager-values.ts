import type { ChartValues } from "../../modules/chart-values";
import type { Manifest } from "../../modules/manifest";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { certManagerPort } from "./record";

export interface CertManagerSettings {
  /** The control plane does not reach pod addresses (overlay): the webhook then listens on its node's address. */
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
  /** Recursive servers, `address:port`, that are asked whether the record of DNS-01 is there. */
  readonly nameservers: readonly string[];
}

/** Values of the cert-manager chart, 1.21. Its schema is closed: a wrong key fails the installation. */
export function certManagerValues({
  hostNetwork,
  imageMirror,
  nameservers,
}: CertManagerSettings): ChartValues {
  const spread = (component: string) => spreadOverZones({ "app.kubernetes.io/component": component });
  const budget = { podDisruptionBudget: { enabled: true, minAvailable: 1 } };
  const tolerations = systemTolerations;
  return {
    ...(imageMirror !== undefined && { imageRegistry: mirrored("quay.io", imageMirror) }),
    global: { priorityClassName: priorityClass.critical, leaderElection: { namespace: "cert-manager" } },
    // Certificates survive a removal of the chart.
    crds: { enabled: true, keep: true },
    replicaCount: 2,
    ...budget,
    tolerations,
    topologySpreadConstraints: spread("controller"),
    // Never the zone's authoritative servers: a way out that is regulated drops DNS to them.
    dns01RecursiveNameserversOnly: true,
    dns01RecursiveNameservers: nameservers.join(","),
    webhook: {
      replicaCount: 3,
      ...budget,
      securePort: certManagerPort(hostNetwork),
      hostNetwork,
      tolerations,
      topologySpreadConstraints: spread("webhook"),
    },
    cainjector: { replicaCount: 2, ...budget, tolerations, topologySpreadConstraints: spread("cainjector") },
    startupapicheck: { tolerations },
  };
}

export interface IssuerSettings {
  readonly email: string;
  readonly staging: boolean;
  readonly region: string;
  /** Hosted zones by domain name, with the role that may write those of other accounts. */
  readonly zones: Readonly<Record<string, { readonly id: string; readonly roleArn?: string }>>;
}

/** Let's Encrypt by DNS-01, one solver for each zone: a wildcard works, and nothing has to be reachable. */
export function dnsIssuer({ email, staging, region, zones }: IssuerSettings): Manifest {
  const host = staging ? "acme-staging-v02" : "acme-v02";
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name: "letsencrypt" },
    spec: {
      acme: {
        email,
        server: `https://${host}.api.letsencrypt.org/directory`,
        privateKeySecretRef: { name: "letsencrypt-account" },
        solvers: Object.entries(zones)
          .sort()
          .map(([domain, { id, roleArn: role }]) => ({
            selector: { dnsZones: [domain] },
            dns01: { route53: { region, hostedZoneID: id, ...(role !== undefined && { role }) } },
          })),
      },
    },
  };
}
