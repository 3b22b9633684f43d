import { z } from "zod";
import { GP3, IO2 } from "../../facts/ebs-volumes";

export const rootVolume = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z
        .literal("gp3")
        .describe("General purpose SSD: 3,000 IOPS and 125 MiB/s are included in its price."),
      iops: z
        .number()
        .int()
        .min(GP3.least, `is less than gp3's ${GP3.least}, which cost nothing; remove it`)
        .max(GP3.most, `AWS rejects this: gp3 has at most ${GP3.most} IOPS; write fewer`)
        .optional()
        .describe(
          "Number of read and write operations per second; those beyond what the price includes are billed. Default: what the price includes.",
        )
        .meta({ examples: [6000] }),
      throughputMiB: z
        .number()
        .int()
        .min(GP3.leastMiB, `is less than gp3's ${GP3.leastMiB}, which cost nothing; remove it`)
        .max(GP3.mostMiB, `AWS rejects this: gp3 has at most ${GP3.mostMiB} MiB/s; write less`)
        .optional()
        .describe(
          "Throughput in MiB per second; what is beyond the price is billed. Default: what the price includes.",
        )
        .meta({ examples: [500] }),
    }),
    z.strictObject({
      type: z
        .literal("io2")
        .describe("Provisioned IOPS SSD: steady latency; every operation per second is billed."),
      iops: z
        .number()
        .int()
        .min(IO2.least, `AWS rejects this: io2 has at least ${IO2.least} IOPS; write more`)
        .max(IO2.most, `AWS rejects this: io2 has at most ${IO2.most} IOPS; write fewer`)
        .describe("Number of read and write operations per second, all of them billed.")
        .meta({ examples: [12_000] }),
    }),
  ])
  .describe(
    "Kind of the volume that rootVolumeGiB sizes: what images and the pods' own files are read and written on. Default: general purpose, with what its price includes.",
  )
  .meta({ examples: [{ type: "gp3", iops: 6000, throughputMiB: 500 }] });

export const policyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
    "is not an IAM policy; write arn:aws:iam::<account, or aws>:policy/<path and name>",
  );

/** IAM takes ten policies on a role ("IAM and AWS STS quotas"), of which the platform's nodes have three. */
const MOST_POLICIES = 10 - 3;

export const nodePolicies = z
  .array(policyArn)
  .max(
    MOST_POLICIES,
    `are more than fit on a role: AWS takes 10, of which nodes have ${10 - MOST_POLICIES} already; write at most ${MOST_POLICIES}, or put their statements into one`,
  )
  .describe(
    "IAM policies on the nodes' role besides the platform's own, by ARN. Whatever runs on the host network has all of them, so give pods rights by identities of their own.",
  )
  .meta({ examples: [["arn:aws:iam::111122223333:policy/NodeAgent"]] });
