import type { Part } from "../part";

/** What guards more than a new VPC does, and is not read into a target. */
export const SAYS = {
  tenancy: "hosts of its own: a new VPC is on shared ones, and one that is kept (--keep-vpc) stays as it is",
  encryption:
    "a new VPC does not enforce encryption in transit, and one that is kept (--keep-vpc) stays as it is",
  policy:
    "its policy is not taken over: an endpoint of a new VPC has the platform's, and one that is kept (--keep-vpc) stays as it is",
  boundary:
    "the role that is made has no such boundary: what it kept from the role, its policies have to leave out (podIdentities)",
  groups: "groups beside the platform's own: cluster.securityGroups takes those of the VPC by id",
} as const;

/** Tells a setting that is not as AWS has it where nobody wrote it; something said of the whole thing would cover it. */
export function tellUnlike(part: Part, isUsual: (value: unknown) => boolean, says: string): void {
  if (!part.there) return;
  if (isUsual(part.plain())) return;
  part.lost(says);
}

export const isUsualTenancy = (value: unknown): boolean => value === "default";

/** The policy that an endpoint has where nobody wrote one: all may do all through it (AWS PrivateLink Guide, "Default endpoint policy"). */
export function isOpenPolicy(value: unknown): boolean {
  if (typeof value !== "string") return false;
  let document: unknown;
  try {
    document = JSON.parse(value);
  } catch {
    return false;
  }
  const { Statement: all } = (document ?? {}) as { readonly Statement?: unknown };
  const [first, ...more] = Array.isArray(all) ? (all as unknown[]) : [all];
  const { Sid: _sid, ...said } = (first ?? {}) as Readonly<Record<string, unknown>>;
  return (
    more.length === 0 &&
    Object.keys(said).length === 4 &&
    said.Effect === "Allow" &&
    [said.Principal, said.Action, said.Resource].every((each) => each === "*")
  );
}
