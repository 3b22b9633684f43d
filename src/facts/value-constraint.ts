/** What AWS takes for a value. Sizes of texts are in characters, of lists in entries. */
export interface ValueConstraint {
  /** Of JavaScript, with the flag `u`; it speaks of the whole text. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** As maxLength, without white space: how IAM counts policies. */
  readonly maxSize?: number;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** No two entries are the same; or no two have the same in the field that is named. */
  readonly uniqueItems?: boolean | string;
  /** Where what it is part of is there, it has to be there as well. */
  readonly required?: boolean;
}

/** By the path of the attribute as Terraform names it, such as `scaling_config.max_size`; lists are not marked. */
export type TypeValues = Readonly<Record<string, ValueConstraint>>;
