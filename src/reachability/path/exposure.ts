import type { Verdict } from "../hop";
import type { MeshPods } from "../mesh/workloads";
import { anyPods } from "../needs/made-by-teams";
import { endName, type Need, type NeedEnd } from "../needs/need";
import { judgeNeed, type JudgedNeed } from "./judge-needs";
import type { ReachWorld } from "./reach-world";

const INTERNET: NeedEnd = { kind: "internet" };
const NODES: NeedEnd = { kind: "nodes" };
const HTTPS = 443;

/**
 * Who may call the internet at all, by HTTPS: pods that are known, any others of each namespace, and nodes.
 * One subnet that leads there is enough.
 */
export function towardsInternet(world: ReachWorld): JudgedNeed[] {
  const all = [...podsOf(world), ...namespacesOf(world).map(anyPods), NODES];
  return all.map((from) => asked(world, from, INTERNET, HTTPS, true));
}

/** Who may be called from the internet by its own address, at ports that it listens on. Load balancers stand in front of others. */
export function fromInternet(world: ReachWorld): JudgedNeed[] {
  return podsOf(world).flatMap((to) => portsOf(to).map((port) => asked(world, INTERNET, to, port, true)));
}

/** Between pods of the stacks' own manifests: teams' services. */
export function betweenServices(world: ReachWorld): JudgedNeed[] {
  const made = new Set(world.platform.map(({ pods }) => pods));
  const services = world.cluster.pods.filter((each) => !made.has(each)).map(endOf);
  return services.flatMap((from) =>
    services
      .filter((to) => to !== from)
      .flatMap((to) => portsOf(to).map((port) => asked(world, from, to, port))),
  );
}

const endOf = (pods: MeshPods): NeedEnd => ({ kind: "pods", pods });

function podsOf({ cluster }: ReachWorld): NeedEnd[] {
  return cluster.pods.map(endOf);
}

function portsOf(end: NeedEnd): number[] {
  return end.kind === "pods" ? [...new Set(end.pods.ports.map(({ port }) => port))] : [];
}

/** Those of manifests, of charts' pods, and those that every cluster has. */
function namespacesOf({ cluster }: ReachWorld): string[] {
  const known = [...cluster.policies.namespaces.keys(), ...cluster.pods.map(({ namespace }) => namespace)];
  return [...new Set(["default", "kube-system", ...known])].sort();
}

function asked(world: ReachWorld, from: NeedEnd, to: NeedEnd, port: number, byAnyWay = false): JudgedNeed {
  const need: Need = {
    kind: "declared call",
    from,
    to,
    port,
    protocol: "TCP",
    why: "nobody declares it",
    source: "",
    ...(byAnyWay && { byAnyWay }),
  };
  return judgeNeed(world, need);
}

/** A way that a change opens or closes. */
export interface PathChange {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly before: Verdict;
  readonly after: Verdict;
}

/** Ways between the same ends whose verdict is another one; of ends that both have, and all to and from the internet. */
export function pathChanges(before: ReachWorld, after: ReachWorld): PathChange[] {
  const known = new Map(waysOf(before).map((each) => [keyOf(each), each.verdict]));
  const had = new Set(before.cluster.pods.map(({ name }) => name));
  return waysOf(after).flatMap((each): PathChange[] => {
    const { need, verdict } = each;
    const isNew = [need.from, need.to].some(
      ({ kind, ...end }) => kind === "pods" && "pods" in end && !had.has(end.pods.name),
    );
    const old = known.get(keyOf(each)) ?? (isNew && isOfInternet(each) ? "denied" : undefined);
    return old === undefined || old === verdict
      ? []
      : [{ from: endName(need.from), to: endName(need.to), port: need.port, before: old, after: verdict }];
  });
}

function waysOf(world: ReachWorld): JudgedNeed[] {
  return [...towardsInternet(world), ...fromInternet(world), ...betweenServices(world)];
}

function isOfInternet({ need }: JudgedNeed): boolean {
  return need.from.kind === "internet" || need.to.kind === "internet";
}

function keyOf({ need }: JudgedNeed): string {
  return `${endName(need.from)} ${endName(need.to)} ${need.port}`;
}

/** `payments/orders can now reach the internet, TCP 443` */
export function changeText({ from, to, port, before, after }: PathChange): string {
  const name = (end: string) => (end === "internet" ? "the internet" : end);
  const can =
    after === "denied"
      ? "can no longer reach"
      : after === "allowed"
        ? "can now reach"
        : before === "denied"
          ? "may now reach"
          : "may no longer reach";
  return `${name(from)} ${can} ${name(to)}, TCP ${port}`;
}
