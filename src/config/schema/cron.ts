import { z } from "zod";
import { CronError, parseCron } from "../cron";

/** A schedule in UTC, as the parser reads it that Karpenter and Velero share. */
export const cron = z
  .string()
  .superRefine((text, context) => {
    try {
      parseCron(text);
    } catch (error) {
      if (!(error instanceof CronError)) throw error;
      context.addIssue({ code: "custom", message: error.message, input: text });
    }
  })
  .meta({ examples: ["0 9 * * mon-fri"] });
