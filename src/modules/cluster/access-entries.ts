import type { EksAccessEntry } from "../registry/eks";

/** EKS access policies that have an everyday meaning (EKS User Guide, "Review access policy permissions"). */
const POLICIES = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  "admin-view": "AmazonEKSAdminViewPolicy",
  "secret-reader": "AmazonEKSSecretReaderPolicy",
} as const;

/** Nodes that others make: EKS gives them their rights. */
interface NodesGrant {
  readonly kind: "nodes";
  readonly principalArn: string;
}

interface UsersGrant {
  readonly kind: "users";
  readonly principalArn: string;
  /** Groups of Kubernetes that the principal is in, for bindings that others bring. */
  readonly groups: readonly string[];
  readonly policy?: {
    readonly name: keyof typeof POLICIES;
    readonly scope: "cluster" | { readonly namespaces: readonly string[] };
  };
}

export type AccessGrant = NodesGrant | UsersGrant;

/** Access entries of the EKS module. */
export function accessEntries(
  partition: string,
  grants: Readonly<Record<string, AccessGrant>>,
): Record<string, EksAccessEntry> {
  return Object.fromEntries(Object.entries(grants).map(([name, grant]) => [name, entryOf(partition, grant)]));
}

function entryOf(partition: string, grant: AccessGrant): EksAccessEntry {
  if (grant.kind === "nodes") return { principal_arn: grant.principalArn, type: "EC2_LINUX" };
  const { principalArn, groups, policy } = grant;
  return {
    principal_arn: principalArn,
    ...(groups.length > 0 && { kubernetes_groups: [...groups] }),
    ...(policy && { policy_associations: { [policy.name]: association(partition, policy) } }),
  };
}

function association(partition: string, { name, scope }: NonNullable<UsersGrant["policy"]>) {
  return {
    policy_arn: `arn:${partition}:eks::aws:cluster-access-policy/${POLICIES[name]}`,
    access_scope:
      scope === "cluster" ? { type: "cluster" } : { type: "namespace", namespaces: [...scope.namespaces] },
  };
}
