import { type Plain, settingsOrNone } from "../draft";
import type { Fact } from "../found/fact";
import type { FoundGroup, FoundMachine } from "../found/group";

const LEAST_GIB = 20;

/** What nodes run on; undefined where there is nothing like it here, which is said. */
export function machineSettings({
  at,
  machine,
}: FoundGroup): Readonly<Record<string, Plain | undefined>> | undefined {
  const { family, image, sizeGiB } = machine;
  if (family.value === "windows") {
    at.lost("nodes of Windows are not part of the platform: all of the group is left out");
    return undefined;
  }
  if (family.value === "bottlerocket-fips") family.at.changed("Bottlerocket, without its FIPS variant");
  if (family.value === "other") family.at.changed("Amazon Linux 2023, or write ami: bottlerocket");
  const isKnown = family.value === "al2023" || family.value === "bottlerocket";
  return {
    ami: family.value.startsWith("bottlerocket") ? "bottlerocket" : "al2023",
    amiId: imageSettings(image, isKnown),
    rootVolumeGiB: sizeSettings(sizeGiB),
    rootVolume: volumeSettings(machine),
  };
}

function imageSettings(image: Fact<string> | undefined, isKnown: boolean): string | undefined {
  if (image === undefined) return undefined;
  if (isKnown && /^ami-[0-9a-f]{8,17}$/.test(image.value)) return image.value;
  image.at.lost("EKS's own image at the release's version: this one is of another system, or no image's id");
  return undefined;
}

function sizeSettings({ value, at }: Fact<number>): number {
  if (value >= LEAST_GIB) return value;
  at.changed(`${LEAST_GIB} GiB: fewer do not hold the platform's images`);
  return LEAST_GIB;
}

function volumeSettings({ volumeType, iops, throughput, plainVolume }: FoundMachine): Plain | undefined {
  plainVolume?.changed("encrypted, as every volume here");
  if (volumeType.value === "io2") return { type: "io2", iops: iops ?? 100 };
  if (volumeType.value !== "gp3") {
    volumeType.at.changed("gp3, at a lower price and as quick");
    return undefined;
  }
  const beyond = settingsOrNone({
    iops: iops !== undefined && iops > 3000 ? iops : undefined,
    throughputMiB: throughput !== undefined && throughput > 125 ? throughput : undefined,
  });
  return beyond && { type: "gp3", ...beyond };
}
