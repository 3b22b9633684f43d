import { table } from "../text/columns";
import type { ResolvedTarget } from "../fleet/resolved";

/** A resolved target for readers: what it is first, then its parts, each with its number. */
export function resolvedText(target: ResolvedTarget): string {
  const facts: [string, string][] = [
    ["target", `${target.name}${target.production ? ", production" : ""}`],
    ["account", target.account],
    ["cluster", target.cluster],
    ["release", target.release],
    ["workspace", target.workspace],
    ["states", target.stateBucket],
    ["VPC", target.vpc.join(", ")],
    ["zones", target.zones.inUse.join(", ")],
    ["control plane in", target.zones.controlPlane.join(", ")],
    ["pods", `${target.family}, ${target.podNetwork}`],
    ["egress", egressOf(target.egress)],
    ...(target.mesh ? [["mesh", meshOf(target.mesh)] satisfies [string, string]] : []),
    ...(target.gateways.length > 0
      ? [["gateways", target.gateways.join(", ")] satisfies [string, string]]
      : []),
  ];
  return [
    table(facts),
    part(
      "subnets",
      target.subnets.map(({ tier, zone, cidr }) => [tier, zone, cidr]),
    ),
    part(
      "stacks",
      target.stacks.map(({ name, after }) => [name, after.length > 0 ? `after ${after.join(", ")}` : ""]),
    ),
    part(
      "components",
      target.components.map(({ name, version, stack }) => [name, version, stack]),
    ),
    part(
      "namespaces",
      target.namespaces.map(({ name, podSecurity, closed, inMesh }) => [
        name,
        podSecurity,
        closed ? "closed" : "open",
        inMesh ? "in the mesh" : "",
      ]),
    ),
    part(
      "services",
      target.services.map(({ name, namespace }) => [name, namespace]),
    ),
    part(
      "IAM roles",
      target.identities.map(({ role, holder, name, stack }) => [role, `${holder} ${name}`, stack]),
    ),
    part(
      "declared flows",
      target.flows.map(({ from, to, ports, at }) => [from, "->", to, ports, at]),
    ),
  ]
    .filter((each) => each !== "")
    .join("\n\n");
}

function meshOf({ kind, id, peers }: NonNullable<ResolvedTarget["mesh"]>): string {
  return `${id}, by ${kind === "cilium" ? "Cilium" : "Istio"}${peers.length > 0 ? `, with ${peers.join(", ")}` : ""}`;
}

function egressOf({ kind, natZones, proxy }: ResolvedTarget["egress"]): string {
  if (proxy !== undefined) return `${kind}: ${proxy.httpsProxy}`;
  return natZones.length === 0 ? kind : `${kind}: ${natZones.join(", ")}`;
}

function part(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? "" : `${title} (${rows.length})\n${table(rows.map((row) => ["", ...row]))}`;
}
