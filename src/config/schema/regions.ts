import { z } from "zod";
import { cidr, knownRegion } from "./common";
import { shortOrMap } from "./short-or-map";

const names = z
  .array(knownRegion)
  .min(1, "names no region; list those that the environment is in")
  .refine((all) => new Set(all).size === all.length, "names a region twice; keep one")
  .describe("Regions of the environment, each a target. Their order means nothing.")
  .meta({ examples: [["us-west-2", "us-east-1", "eu-west-1"]] });

const pool = (what: string, example: string) =>
  z
    .strictObject({
      from: cidr.describe(`The range that ${what} are cut from.`).meta({ examples: [example] }),
      prefix: z
        .number()
        .int()
        .min(8)
        .max(28)
        .describe("Prefix length of each region's range (8 to 28). Changing it moves every region's."),
    })
    .optional();

const addresses = z
  .strictObject({
    vpcs: pool("the regions' VPCs", "10.64.0.0/10").describe(
      "network.vpcCidr of each region. Default: none; each region's file has its own.",
    ),
    pods: pool("the pod ranges of Cilium's overlay", "100.64.0.0/10").describe(
      "cni.podCidr of each region, with cni.kind cilium-overlay. Default: none; each region's file has its own.",
    ),
  })
  .prefault({})
  .describe(
    "Ranges of the regions, each the block of its number: a region that comes, goes or moves in the list changes no other one's.",
  );

/** What makes an environment's targets, from one key of its environment.yaml. */
export const regionsSchema = z
  .union(
    [
      names,
      z.strictObject({
        in: names,
        addresses,
        zones: z
          .array(z.string().regex(/^[a-z]$/, "is not a zone's letter; write for example a"))
          .min(2, "has too few zones; EKS needs two, and production three")
          .optional()
          .describe(
            "Letters of the zones of every region: [a, b, c]. A region that has others says network.zones in its own file. Default: none; each region's file has its own.",
          )
          .meta({ examples: [["a", "b", "c"]] }),
        numbers: z
          .record(knownRegion, z.number().int().min(1).max(255))
          .default({})
          .describe(
            "Number of a region in place of that of Octarine's table: its cluster id in Cilium's mesh and its block of addresses. Changing one moves the region.",
          )
          .meta({ examples: [{ "eu-west-1": 7 }] }),
        join: z
          .enum(["mesh", "network", "none"])
          .optional()
          .describe(
            "What the regions are to each other: mesh: peers of one mesh, over connected VPCs; network: connected VPCs alone; none: nothing. Default: mesh where mesh.kind is cilium or istio, else none.",
          ),
      }),
    ],
    { error: shortOrMap("must be a list of regions, or { in: [<region>], addresses, zones }") },
  )
  .optional()
  .describe(
    "Regions of the environment, in its environment.yaml: each is a target, with or without a file of its own. Default: the files <region>.yaml.",
  );

type RegionMap = Exclude<NonNullable<z.output<typeof regionsSchema>>, readonly string[]>;

/** Regions, and what each gets by being listed. */
export type RegionsConfig = Pick<RegionMap, "in"> & Partial<Omit<RegionMap, "in">>;

/** A list stands for the regions alone. */
export function regionsConfig(written: z.output<typeof regionsSchema>): RegionsConfig | undefined {
  return Array.isArray(written) ? { in: written } : written;
}
