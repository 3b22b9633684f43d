import { type ZoneWriter, zoneWriters } from "../../model/hosted-zones";
import { AwsRelease } from "../../modules/aws-release";
import { closeNamespace } from "../../wiring/close-namespace";
import { assumesZoneWriters, zoneArns } from "../../wiring/hosted-zones";
import { type Installing, settingsOf } from "../installing";
import { externalDnsValues } from "./external-dns-values";
import { EXTERNAL_DNS_NAMESPACE } from "./record";

/** An instance for the target's own zones, and one for each role that writes others. The first is the result. */
export function installExternalDns(stack: Installing): AwsRelease | undefined {
  const { scope, target, clusterName, mirror, need } = stack;
  need("time");
  const { region, release, config } = target;
  const { deleteRecords } = settingsOf(config.ingress?.dns, target);
  const writers = zoneWriters(target);
  const [first] = writers.map((writer) => {
    const { name, zones, role } = writer;
    return new AwsRelease(scope, name, {
      chart: release.charts["external-dns"],
      clusterName,
      namespace: EXTERNAL_DNS_NAMESPACE,
      serviceAccount: name,
      policies: role
        ? assumesZoneWriters([role.arn])
        : {
            attachExternalDnsPolicy: true,
            externalDnsHostedZoneArns: zoneArns(Object.values(zones), region),
          },
      values: externalDnsValues({
        ...writer,
        clusterName,
        region,
        otherZones: otherZones(writer, writers),
        gatewayApi: config.traffic?.api === "gateway-api",
        deleteRecords,
        ...mirror,
      }),
    });
  });
  if (first) closeNamespace(stack, EXTERNAL_DNS_NAMESPACE, [first.release]);
  return first;
}

function otherZones(writer: ZoneWriter, writers: readonly ZoneWriter[]): string[] {
  return writers
    .filter((each) => each !== writer)
    .flatMap(({ zones }) => Object.keys(zones))
    .sort();
}
