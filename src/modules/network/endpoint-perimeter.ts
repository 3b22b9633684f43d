import type { PolicyStatement } from "../policy-document";

/** Whose identities may call whose resources through the endpoints of a VPC. */
export interface EndpointPerimeter {
  readonly accountId: string;
  readonly organizationId?: string;
  readonly partition: string;
  readonly region: string;
  /** Buckets of others that may be read. */
  readonly buckets: readonly string[];
  /** Role of Terraform, which may run in the VPC. */
  readonly deployRoleArn: string;
  /** What the configuration names of other accounts. */
  readonly elsewhere: Elsewhere;
}

export interface Elsewhere {
  /** Accounts of registries in ECR that images come from. */
  readonly registryAccounts: readonly string[];
  /** Buckets that layers of public registries come from. */
  readonly layerBuckets: readonly string[];
  /** Resources and roles of other accounts, by their whole ARN. */
  readonly arns: readonly string[];
  /** Accounts of other clusters of the mesh, whose secrets are read with roles of theirs. */
  readonly meshAccounts: readonly string[];
}

type Condition = NonNullable<PolicyStatement["Condition"]>;

export function allow(
  Sid: string,
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: Condition,
): PolicyStatement {
  return { Sid, Effect: "Allow", Principal: "*", Action, Resource, ...(Condition && { Condition }) };
}

/** Key and value by which a request's identity or resource is ours. */
export function ours(
  what: "Principal" | "Resource",
  { accountId, organizationId }: Pick<EndpointPerimeter, "accountId" | "organizationId">,
): Readonly<Record<string, string>> {
  return organizationId === undefined
    ? { [`aws:${what}Account`]: accountId }
    : { [`aws:${what}OrgID`]: organizationId };
}
