import { z } from "zod";
import { releaseNames } from "../../releases/names";
import { regionsSchema } from "./regions";
import { sectionsSchema } from "./sections";
import { versionsSchema } from "./versions";

/** Everything a target says, after its layers are merged. */
export const targetSchema = z.strictObject({
  release: z
    .enum(releaseNames)
    .describe("Named set of versions known to work together: Kubernetes, add-ons, AMIs, charts, modules.")
    .meta({ examples: [releaseNames.at(-1)] }),
  regions: regionsSchema,
  versions: versionsSchema,
  ...sectionsSchema.shape,
});

export type TargetConfig = z.output<typeof targetSchema>;
