import { z } from "zod";

/** Tags that a resource of the platform has besides: Name, two of ours, and at most seven of Karpenter's, EKS's and the load balancer controller's. */
const OWN_TAGS = 10;

/** AWS takes 50 tags on a resource (Tagging AWS Resources, "Tag naming limits and requirements"). */
export const MOST_TAGS = 50 - OWN_TAGS;

/**
 * What all services take: the same page, and IAM's own pattern for keys and values (IAM API reference, Tag:
 * `[\p{L}\p{Z}\p{N}_.:/=+\-@]+`), the narrowest of all. Its separators are left at the space.
 */
const CHARACTERS = /^[\p{L}\p{N} _.:/=+\-@]*$/u;
const FORM = "has a character that AWS's tags can't have; write letters, digits, spaces and _ . : / = + - @";

const NAME_OF_AWS = /^aws:/i;

export const tagKey = z
  .string()
  .min(1, "is empty; write a name")
  .max(128, "AWS rejects this: a tag's name has at most 128 characters")
  .regex(CHARACTERS, FORM)
  .refine(
    (key) => !NAME_OF_AWS.test(key),
    "starts with aws:, which AWS keeps for itself; write another name",
  );

export const tagValue = z
  .string("must be text; put the tag's value in quotes")
  .max(256, "AWS rejects this: a tag's value has at most 256 characters")
  .regex(CHARACTERS, FORM)
  .refine(
    (value) => !NAME_OF_AWS.test(value),
    "starts with aws:, which AWS keeps for itself; write another value",
  );
