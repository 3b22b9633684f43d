import published from "./aws-managed-policies.json";

export interface ManagedPolicy {
  readonly version: string;
  /** Day from which the version is there. */
  readonly date: string;
  readonly statements: readonly object[];
}

// Made by tools/iam-data/managed-policies.mjs.
const policies = published.policies as unknown as Readonly<Partial<Record<string, ManagedPolicy>>>;

/** AWS's own policy by its ARN; undefined for one that no role of the platform carries. */
export function managedPolicy(arn: string): ManagedPolicy | undefined {
  const [, name = ""] = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return policies[name];
}
