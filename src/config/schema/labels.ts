import { z } from "zod";

/**
 * Name of a label, taint or annotation: k8s.io/apimachinery v0.35.3, pkg/util/validation, IsQualifiedName. The prefix is
 * a DNS name of at most 253 characters, the name behind it has at most 63.
 */
const QUALIFIED_NAME =
  /^(?=.{1,317}$)((?=[^/]{1,253}\/)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** Likewise IsValidLabelValue. */
const VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

export const isQualifiedName = (text: string): boolean => QUALIFIED_NAME.test(text);
export const isLabelValue = (text: string): boolean => VALUE.test(text);

export const labelKey = z
  .string()
  .regex(
    QUALIFIED_NAME,
    "is not a label's key; write letters, digits, dots, dashes and underscores, at most 63, with a DNS name and a slash in front if need be",
  );

export const labelValue = z
  .string("must be text; put the label's value in quotes")
  .regex(
    VALUE,
    "is not a label's value; write letters, digits, dots, dashes and underscores, at most 63, with a letter or digit at both ends",
  );

/** Kubernetes labels, or a selection by them. */
export const labelMap = z.record(labelKey, labelValue);
