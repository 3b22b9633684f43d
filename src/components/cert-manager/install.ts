import { certificateNameservers, certificateZones } from "../../model/hosted-zones";
import { AwsRelease } from "../../modules/aws-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { closeNamespace } from "../../wiring/close-namespace";
import { assumesZoneWriters, zoneArns } from "../../wiring/hosted-zones";
import { type Installing, settingsOf } from "../installing";
import { certManagerValues, dnsIssuer } from "./cert-manager-values";
import { CERT_MANAGER_NAMESPACE } from "./record";

/** cert-manager, and the issuer that proves by DNS. */
export function installCertManager(stack: Installing): AwsRelease {
  const { scope, target, clusterName, placement, need } = stack;
  need("time");
  const { region, release, config } = target;
  const { email, staging } = settingsOf(config.ingress?.certificates, target);
  const zones = certificateZones(target);
  const all = Object.values(zones);
  const own = all.filter(({ roleArn }) => roleArn === undefined).map(({ id }) => id);
  const roles = all.flatMap(({ roleArn }) => roleArn ?? []);
  const certManager = new AwsRelease(scope, "cert-manager", {
    chart: release.charts["cert-manager"],
    clusterName,
    namespace: CERT_MANAGER_NAMESPACE,
    serviceAccount: "cert-manager",
    policies: {
      ...(own.length > 0 && {
        attachCertManagerPolicy: true,
        certManagerHostedZoneArns: zoneArns(own, region),
      }),
      ...(roles.length > 0 && assumesZoneWriters(roles)),
    },
    values: certManagerValues({ ...placement, nameservers: certificateNameservers(target) }),
  });
  new ManifestRelease(scope, "certificate-issuers", {
    namespace: CERT_MANAGER_NAMESPACE,
    manifests: { letsencrypt: dnsIssuer({ email, staging, region, zones }) },
    dependsOn: [certManager.release],
  });
  closeNamespace(stack, CERT_MANAGER_NAMESPACE, [certManager.release]);
  return certManager;
}
