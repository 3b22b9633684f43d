/** Every stack of the platform, in the order in which they are deployed. What each is: stack-records.ts. */
export const stackNames = [
  "network",
  "cluster",
  "cni",
  "nodes",
  "autoscaling",
  "secrets",
  "ingress",
  "policies",
  "observability",
  "gitops",
  "mesh",
  "identity",
  "backup",
  "workloads",
  "federation",
] as const;
export type PlatformStackName = (typeof stackNames)[number];

/** A stack of the platform, or one that a project adds (own-stacks.ts), of which no type knows the names. */
export type StackName = PlatformStackName | (string & {});

export function isPlatformStack(name: string): name is PlatformStackName {
  return (stackNames as readonly string[]).includes(name);
}
