import { z } from "zod";
import { regions } from "../../facts/regions";
import { closestOf } from "../../text/nearest";
import { type Cidr, CidrError, parseCidr } from "../../ip-capacity/cidr";

/** IPv4 CIDR, parsed to numbers. */
export const cidr = z
  .string()
  // Here and not behind the transform: JSON Schema drops examples of what a transform gives.
  .meta({ examples: ["10.0.0.0/16"] })
  .transform((text, context): Cidr => {
    try {
      return parseCidr(text);
    } catch (error) {
      if (!(error instanceof CidrError)) throw error;
      context.issues.push({ code: "custom", message: error.message, input: text });
      return z.NEVER;
    }
  });

/** One IPv4 address, as text. */
export const ipAddress = z
  .string()
  .refine((text) => {
    try {
      return parseCidr(`${text}/32`).prefix === 32;
    } catch {
      return false;
    }
  }, "is not an IPv4 address; write for example 10.0.0.2")
  .meta({ examples: ["10.0.0.2"] });

export const zoneName = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "is not an availability zone; write for example us-east-1a")
  .meta({ examples: ["us-east-1a"] });

export const targetName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*\/[a-z0-9-]+$/,
    "is not a target; write <environment>/<region>, for example prod/us-west-2",
  )
  .meta({ examples: ["prod/us-west-2"] });

/** A region that there is. */
export const knownRegion = z.string().refine((name) => Object.hasOwn(regions, name), {
  error: ({ input }) =>
    `is not an AWS region with EKS; did you mean ${closestOf(String(input), Object.keys(regions))}?`,
});

export const bucketName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    "is not an S3 bucket name; write 3 to 63 lower-case letters, digits, dashes and dots",
  );

export const kmsKeyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/,
    "is not a KMS key; write arn:aws:kms:<region>:<account>:key/<id>",
  );

/** A role of the target's own account by name (with path), or any role by ARN. */
export const role = z
  .string()
  .regex(
    /^(arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+|[\w+=,.@/-]+)$/,
    "is not an IAM role; write its name, or arn:aws:iam::<account>:role/<path and name>",
  )
  .meta({ examples: ["arn:aws:iam::111122223333:role/PlatformAdmin"] });

export const securityGroupId = z
  .string()
  .regex(/^sg-[0-9a-f]{8,17}$/, "is not a security group id; write for example sg-0a1b2c3d4e5f60718")
  .meta({ examples: ["sg-0a1b2c3d4e5f60718"] });

/**
 * Why a protection is off. Kept with the config, so that a review can ask whether it still holds. The example is one of
 * the place that it stands at: a reader learns from it what a reason there has to say.
 */
export const reason = (example: string, description = WHY) =>
  anyReason.meta({ description, examples: [example] });

const WHY = "Why this is needed, for reviewers. A protection is only turned off with a reason.";

// Once: there are eighty, and each step of making one makes a schema.
const anyReason = z.string().min(10, "is too short for a reason; write one a reviewer can judge");

/** Days CloudWatch Logs can keep events (API reference, PutRetentionPolicy). */
export const retentionDays = z.union(
  [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
  ].map((days) => z.literal(days)),
  "is not a retention of CloudWatch Logs; write for example 30, 90, 180, 365 or 731",
);

/** Lower-case name that becomes part of AWS and Kubernetes names. */
export function shortName(maxLength: number): ReturnType<typeof nameOf> {
  const known = shortNames.get(maxLength) ?? nameOf(maxLength);
  shortNames.set(maxLength, known);
  return known;
}

const shortNames = new Map<number, ReturnType<typeof nameOf>>();

const nameOf = (maxLength: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[a-z]([a-z0-9-]{0,${maxLength - 2}}[a-z0-9])?$`),
      `is not a name; write lower-case letters, digits and dashes, at most ${maxLength}, starting with a letter`,
    )
    // Every JavaScript object has one, so a table of such names would seem to hold it.
    .refine((name) => name !== "constructor", "is a name that can't be used; write another");
