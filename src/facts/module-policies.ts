import published from "./module-policies.json";

/** Of an input of the module; `or` stands in where that is empty. */
export interface FromInput {
  readonly input: string;
  readonly or?: readonly string[];
}

/** A statement of a module's policy document. Words in braces (`{region}`) are of the caller. */
export interface ModuleStatement {
  /** The input that turns it on. */
  readonly when?: string;
  readonly sid?: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[] | FromInput;
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

export interface ModulePolicy {
  readonly source: string;
  readonly statements: readonly ModuleStatement[];
}

/** By the name of the document in the module. Made by tools/iam-data/module-policies.mjs. */
export const modulePolicies = published as unknown as Readonly<Partial<Record<string, ModulePolicy>>>;
