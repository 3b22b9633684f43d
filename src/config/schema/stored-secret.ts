import { z } from "zod";
import { shortName } from "./common";

/** A secret in AWS that a component of the platform gets by External Secrets. */
export const storedSecret = z.strictObject({
  store: shortName(30).describe("Store of secrets.stores that may read it."),
  name: z
    .string()
    .regex(/^[\w.+=@-]+(\/[\w.+=@-]+)*$/, "is no name of a secret; write for example prod/platform/grafana")
    .describe("Name of the secret or parameter, below one of the store's paths.")
    .meta({ examples: ["prod/platform/grafana"] }),
});

export type StoredSecret = z.output<typeof storedSecret>;
