/** A type constraint of a Terraform variable, as `type = ...` writes it. */
export type TerraformType = PrimitiveType | CollectionType | TupleType | ObjectType;

export interface PrimitiveType {
  readonly kind: "string" | "number" | "bool" | "any";
}

export interface CollectionType {
  readonly kind: "list" | "set" | "map";
  readonly element: TerraformType;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly TerraformType[];
}

export interface ObjectType {
  readonly kind: "object";
  /** In the order of the declaration. */
  readonly attributes: readonly ObjectAttribute[];
}

export interface ObjectAttribute {
  readonly name: string;
  readonly type: TerraformType;
  readonly optional: boolean;
  /** Source text of the second argument of `optional()`, on one line. */
  readonly default?: string;
}
