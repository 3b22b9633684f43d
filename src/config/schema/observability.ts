import { z } from "zod";
import { keysOf } from "../../components/settings";
import { DEFAULT_ADDRESSES_LEFT } from "../../facts/defaults";

const alerts = z
  .strictObject({
    to: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
        "is not an SNS topic; write arn:aws:sns:<region>:<account>:<topic>",
      )
      .describe("SNS topic that Alertmanager and CloudWatch alarms publish to.")
      .meta({ examples: ["arn:aws:sns:us-east-1:111122223333:oncall"] }),
    subnetAddressesLeft: z
      .number()
      .int()
      .min(16)
      .max(65536)
      .default(DEFAULT_ADDRESSES_LEFT)
      .describe("Number of free addresses in a subnet below which an alert fires, where the CNI knows them."),
  })
  .optional()
  .describe("Who gets the platform's alerts. Default: nobody; they only show in Prometheus.");

// Whom alerts go to stands beside who makes most of them.
const { prometheus, ...others } = keysOf.observability;

export const observabilitySchema = z
  .strictObject({ prometheus, alerts, ...others })
  .optional()
  .describe("What can be observed of the cluster. Default: only the control plane's logs.");

export type ObservabilityConfig = NonNullable<z.output<typeof observabilitySchema>>;
