import { contains } from "../../ip-capacity/cidr";
import { isUnknown } from "../../values/value";
import {
  type DeclaredFlow,
  type FlowEnd,
  type FlowPods,
  type FlowSide,
  includesPort,
} from "../../model/flows";
import type { Pods } from "../policy/peers";
import type { GroupRule, SecurityGroup } from "../vpc/groups";
import type { Ports } from "../vpc/first-match";
import { rangeText, shareOf } from "../vpc/ranges";
import type { Decider } from "../hop";
import type { ReachWorld } from "./reach-world";

/** Something that is open and of no use to anybody. */
export interface Unused {
  readonly what: string;
  readonly why: string;
  readonly setting?: string;
  readonly by?: Decider;
}

/**
 * What is open and can be taken away without a flow less. Only what is certain: teams make pods that no stack knows, so that
 * an allow for their labels is never told, nor one that a wildcard may cover.
 */
export function unusedOf(world: ReachWorld, flows: readonly DeclaredFlow[]): Unused[] {
  return [
    ...coveredFlows(flows),
    ...flows.flatMap((flow) => strangersOf(world, flow)),
    ...coveredRules(world.network?.vpc.groups.values() ?? []),
  ];
}

/** Entries of a namespace that another one of it holds whole. */
function coveredFlows(flows: readonly DeclaredFlow[]): Unused[] {
  const entries = flows.filter(({ declared }) => declared.by === "namespace");
  return entries.flatMap((flow) => {
    const wider = entries.find((each) => each !== flow && covers(each, flow) && !covers(flow, each));
    return wider === undefined
      ? []
      : [
          {
            what: `what ${flow.path.join(".")} allows`,
            why: `${wider.path.join(".")} allows all of it`,
            setting: flow.path.join("."),
          },
        ];
  });
}

function covers(wide: DeclaredFlow, narrow: DeclaredFlow): boolean {
  return (
    wide.http === undefined &&
    wide.path[1] === narrow.path[1] &&
    coversEnd(wide.caller, narrow.caller, isOwn(wide, "caller")) &&
    coversEnd(wide.called, narrow.called, isOwn(wide, "called")) &&
    coversPorts(wide.ports, narrow.ports)
  );
}

function isOwn({ declared }: DeclaredFlow, side: FlowSide): boolean {
  return declared.by === "namespace" && declared.side === side;
}

function coversEnd(wide: FlowEnd, narrow: FlowEnd, own: boolean): boolean {
  if (wide.kind === "range") return narrow.kind === "range" && contains(wide.cidr, narrow.cidr);
  if (wide.kind === "name") return narrow.kind === "name" && wide.fqdn === narrow.fqdn;
  if (wide.kind === "load-balancer") return narrow.kind === "load-balancer" && wide.scheme === narrow.scheme;
  return narrow.kind === "pods" && coversPods(wide, narrow, own);
}

function coversPods(wide: FlowPods, narrow: FlowPods, own: boolean): boolean {
  if (wide.namespace !== narrow.namespace || wide.target !== narrow.target) return false;
  // Of its own pods an entry without labels leaves out those of services, which declare theirs; of others it means all.
  if (wide.pods === undefined) return !own || narrow.pods === undefined;
  if (narrow.pods === undefined) return false;
  const { pods } = narrow;
  return Object.entries(wide.pods).every(([key, value]) => pods[key] === value);
}

function coversPorts(wide: DeclaredFlow["ports"], narrow: DeclaredFlow["ports"]): boolean {
  return narrow === "all" ? wide === "all" : narrow.every((each) => includesPort(wide, each));
}

/** Labels of pods in a namespace of the platform's, whose pods are known, that none of them has. */
function strangersOf({ platform }: ReachWorld, { caller, called, path }: DeclaredFlow): Unused[] {
  return [caller, called].flatMap((end) => {
    if (end.kind !== "pods" || end.target !== undefined || end.pods === undefined) return [];
    // EKS and add-ons that no record knows put pods there.
    if (end.namespace === "kube-system") return [];
    const { pods } = end;
    const known = platform.map((each) => each.pods).filter(({ namespace }) => namespace === end.namespace);
    // A record holds the labels that objects select by, not all of them.
    const told = Object.keys(pods).every((key) => known.every(({ labels }) => labels[key] !== undefined));
    if (known.length === 0 || !told || known.some(({ labels }) => mayHave(labels, pods))) return [];
    const text = Object.entries(pods)
      .map(([key, value]) => `${key}: ${value}`)
      .join(", ");
    return [
      {
        what: `what ${path.join(".")} allows`,
        why: `no pods of ${end.namespace} have ${text}; its pods are ${known.map(({ name }) => name).join(", ")}`,
        setting: path.join("."),
      },
    ];
  });
}

function mayHave(labels: Pods["labels"], wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const own = labels[key];
    return own === value || (own !== undefined && isUnknown(own));
  });
}

/** Rules of stacks' own groups that another rule of the same group and direction holds whole. Those of modules are theirs. */
function coveredRules(groups: Iterable<SecurityGroup>): Unused[] {
  return [...groups].flatMap(({ ingress, egress }) =>
    [ingress, egress].flatMap((rules) =>
      rules.flatMap((rule, index) => {
        if (rule.decider.address.startsWith("module.")) return [];
        const wider = rules.find(
          (each, other) =>
            each.decider.address !== rule.decider.address &&
            coversRule(each, rule) &&
            (other < index || !coversRule(rule, each)),
        );
        const peer = rule.peer.kind === "group" ? "a group" : rangeText(rule.peer);
        return wider === undefined
          ? []
          : [
              {
                what: `what it lets through for ${peer}`,
                why: `${wider.decider.address} lets all of it through`,
                by: rule.decider,
              },
            ];
      }),
    ),
  );
}

function coversRule(wide: GroupRule, narrow: GroupRule): boolean {
  if (wide.protocol !== "any" && (wide.protocol !== narrow.protocol || wide.protocol === "other"))
    return false;
  if (wide.ports === "unknown" || narrow.ports === "unknown") return false;
  return (
    (wide.protocol === "any" || coversRange(wide.ports, narrow.ports)) && coversPeer(wide.peer, narrow.peer)
  );
}

function coversRange(wide: Ports | undefined, narrow: Ports | undefined): boolean {
  if (wide === undefined || narrow === undefined) return wide === undefined;
  return wide.from <= narrow.from && narrow.to <= wide.to;
}

function coversPeer(wide: GroupRule["peer"], narrow: GroupRule["peer"]): boolean {
  if (wide.kind === "group" || narrow.kind === "group")
    return wide.kind === "group" && narrow.kind === "group" && wide.key === narrow.key;
  return narrow.kind !== "unknown" && shareOf(narrow, wide) === "all";
}
