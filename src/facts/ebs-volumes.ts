/**
 * EBS volumes that nodes may boot from, with what AWS gives and takes (Amazon EBS User Guide, "General Purpose SSD volumes" and
 * "Provisioned IOPS SSD volumes", 2026-11-28).
 */
export const GP3 = {
  least: 3000,
  most: 80_000,
  perGiB: 500,
  leastMiB: 125,
  mostMiB: 2000,
  mibPerIops: 0.25,
} as const;
export const IO2 = { least: 100, most: 256_000, perGiB: 1000 } as const;

/** Kind of a volume, and what is asked of it beyond its size. */
export type VolumeKind =
  | {
      readonly type: "gp3";
      /** Read and write operations a second; gp3's own without it. */
      readonly iops?: number | undefined;
      /** MiB a second; gp3's own without it. */
      readonly throughputMiB?: number | undefined;
    }
  | { readonly type: "io2"; readonly iops: number };

/** Why AWS would refuse a root volume of that size, or undefined. */
export function rootVolumeProblem(volume: VolumeKind, sizeGiB: number): string | undefined {
  const { iops } = volume;
  const { perGiB } = volume.type === "gp3" ? GP3 : IO2;
  if (iops !== undefined && iops > sizeGiB * perGiB) {
    return `needs ${Math.ceil(iops / perGiB)} GiB for ${iops} IOPS, at most ${perGiB} for each GiB, and rootVolumeGiB is ${sizeGiB}; write fewer, or a larger volume`;
  }
  if (volume.type === "io2" || volume.throughputMiB === undefined) return undefined;
  const needed = volume.throughputMiB / GP3.mibPerIops;
  return needed > (iops ?? GP3.least)
    ? `needs ${needed} IOPS for ${volume.throughputMiB} MiB/s, and has ${iops ?? GP3.least}; write rootVolume.iops: ${needed}`
    : undefined;
}
