import { type Plain, settingsOrNone } from "../draft";
import type { Part } from "../part";

/** pkg/apis/eksctl.io/v1alpha5/types.go: DefaultNodeVolumeSize. */
const DEFAULT_GIB = 80;
const LEAST_GIB = 20;

/** What nodes run on; undefined where there is nothing like it here, which is said. */
export function machineOf(group: Part): Readonly<Record<string, Plain | undefined>> | undefined {
  const family = group.at("amiFamily").text() ?? "AmazonLinux2023";
  if (family.startsWith("Windows")) {
    group.lost("nodes of Windows are not part of the platform: all of the group is left out");
    return undefined;
  }
  const bottlerocket = family.startsWith("Bottlerocket");
  if (family !== "AmazonLinux2023" && family !== "Bottlerocket")
    group
      .at("amiFamily")
      .changed(
        bottlerocket
          ? "Bottlerocket, without its FIPS variant"
          : "Amazon Linux 2023, or write ami: bottlerocket",
      );
  return {
    ami: bottlerocket ? "bottlerocket" : "al2023",
    amiId: amiOf(group.at("ami"), family === "AmazonLinux2023" || family === "Bottlerocket"),
    rootVolumeGiB: sizeOf(group.at("volumeSize")),
    rootVolume: volumeOf(group),
  };
}

function amiOf(ami: Part, known: boolean): string | undefined {
  const written = ami.text();
  if (written === undefined || written === "auto" || written === "auto-ssm") return undefined;
  if (known && /^ami-[0-9a-f]{8,17}$/.test(written)) return written;
  ami.lost("EKS's own image at the release's version: this one is of another system, or no image's id");
  return undefined;
}

function sizeOf(size: Part): number {
  const written = size.number() ?? DEFAULT_GIB;
  if (written >= LEAST_GIB) return written;
  size.changed(`${LEAST_GIB} GiB: fewer do not hold the platform's images`);
  return LEAST_GIB;
}

function volumeOf(group: Part): Plain | undefined {
  const type = group.at("volumeType").text() ?? "gp3";
  const iops = group.at("volumeIOPS").number();
  const throughput = group.at("volumeThroughput").number();
  if (group.at("volumeEncrypted").flag() === false)
    group.at("volumeEncrypted").changed("encrypted, as every volume here");
  if (type === "io2") return { type, iops: iops ?? 100 };
  if (type !== "gp3") {
    group.at("volumeType").changed("gp3, at a lower price and as quick");
    return undefined;
  }
  const beyond = settingsOrNone({
    iops: iops !== undefined && iops > 3000 ? iops : undefined,
    throughputMiB: throughput !== undefined && throughput > 125 ? throughput : undefined,
  });
  return beyond && { type, ...beyond };
}
