/** Every stack that a target can have, in the order in which they are deployed. What each is: stack-records.ts. */
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
export type StackName = (typeof stackNames)[number];

export function isStackName(name: string): name is StackName {
  return (stackNames as readonly string[]).includes(name);
}
