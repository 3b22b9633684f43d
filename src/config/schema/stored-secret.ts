import { z } from "zod";
import { shortName } from "./common";

/** A secret in AWS that a component of the platform gets by External Secrets; `example` is a name of its own place. */
export const storedSecret = (example: string) =>
  z.strictObject({
    store: shortName(30).describe("Store of secrets.stores that may read it, by name."),
    name: z
      .string()
      .regex(
        /^[\w.+=@-]+(\/[\w.+=@-]+)*$/,
        "is not the name of a secret; write for example prod/platform/grafana",
      )
      .describe("Name of the secret or parameter, below one of the store's paths.")
      .meta({ examples: [example] }),
  });

export type StoredSecret = z.output<ReturnType<typeof storedSecret>>;
