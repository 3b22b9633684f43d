import { allOf, anyOf, isUndecided, not, type Truth } from "../../guardrails/iam/truth";
import type { HttpRequest } from "./http";
import { identityOf, type Peer, type PeerContext, type Pods } from "./peers";
import { commonPort, ownPort, takesPort, type Transport } from "./ports";
import { askRules, type Asked } from "./request-rules";
import type { Direction, PolicyRule, PolicySet, PortRule } from "./rules";
import { isOf, selectionOf } from "./selection";
import { type Identity, selects } from "./selectors";

/** All that decides about packets in a cluster. */
export interface PolicyWorld extends PeerContext {
  readonly policies: PolicySet;
  /** Pods that are known, for ports by name. */
  readonly pods: readonly Pods[];
  /** Whether there are no others. */
  readonly knowsAllPods: boolean;
  /** Pods that answer lookups. Without any, nobody learns an address of a name. */
  readonly dns: readonly Pods[];
}

export interface Flow {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: number;
  readonly transport: Transport;
  readonly request?: HttpRequest;
  /** Name that is looked up. */
  readonly lookup?: string;
}

export type Verdict = "allowed" | "denied" | "undecided";

export interface DirectionDecision {
  readonly verdict: Verdict;
  readonly why: string;
  /** Policies that let it through, or that deny it by name. */
  readonly by: readonly string[];
  /** Where nothing lets it through: policies that close the direction. */
  readonly closedBy: readonly string[];
  /** Policies that let this peer through on other ports. */
  readonly near: readonly string[];
  /** A proxy looks at it; requests are limited to these. */
  readonly limitedTo?: readonly string[];
  /** Mode of mutual authentication that a rule asks for. */
  readonly authentication?: string;
}

export interface FlowDecision {
  readonly verdict: Verdict;
  readonly egress: DirectionDecision;
  readonly ingress: DirectionDecision;
}

/** Whether policies of both ends let a flow through. */
export function decideFlow(world: PolicyWorld, flow: Flow): FlowDecision {
  const egress = egressOf(world, flow);
  const ingress = decideDirection(world, flow, "ingress");
  const both = [egress.verdict, ingress.verdict];
  return {
    verdict: both.includes("denied") ? "denied" : both.includes("undecided") ? "undecided" : "allowed",
    egress,
    ingress,
  };
}

/** A rule by name holds only for addresses that the engine saw in the answer to a lookup that it let through its DNS proxy. */
function egressOf(world: PolicyWorld, flow: Flow): DirectionDecision {
  const decision = decideDirection(world, flow, "egress");
  const { to } = flow;
  if (to.kind !== "name" || decision.verdict !== "allowed") return decision;
  const nameless: Peer =
    to.address === undefined ? { kind: "entity", entity: "world" } : { kind: "address", address: to.address };
  if (decideDirection(world, { ...flow, to: nameless }, "egress").verdict === "allowed") return decision;
  const lookups = world.dns.map((each) =>
    decideDirection(
      world,
      { from: flow.from, to: each, port: 53, transport: "UDP", lookup: to.name },
      "egress",
    ),
  );
  if (lookups.some(({ verdict, limitedTo }) => verdict === "allowed" && limitedTo !== undefined))
    return decision;
  const undecided = lookups.some(({ verdict }) => verdict === "undecided");
  return {
    ...decision,
    verdict: undecided ? "undecided" : "denied",
    why: `it is allowed by name only, and ${undecided ? "whether" : "no"} lookup of ${to.name} passes the DNS proxy${undecided ? " is not known" : ""}`,
  };
}

export function decideDirection(world: PolicyWorld, flow: Flow, direction: Direction): DirectionDecision {
  const subject = direction === "egress" ? flow.from : flow.to;
  if (!isUnderPolicy(subject)) return free("not a pod: under no policy");
  if (world.engine.enforcement === "never") return free("policies are not enforced");
  const remote = identityOf(direction === "egress" ? flow.to : flow.from, world);
  const { selecting, conflict } = selectionOf(world, subject, direction);
  const unread = world.policies.unread.filter(({ namespace }) => isOf(namespace, subject));
  const [first] = unread;
  if (first !== undefined)
    return { ...free(`${first.policy}: ${first.why}`), verdict: "undecided", by: [first.policy] };
  if (conflict !== undefined) return { ...free(conflict.why), verdict: "undecided", by: conflict.policies };
  const always = world.engine.enforcement === "always";
  if (selecting.length === 0 && !always) return free("no policy selects it in this direction");
  const matches = selecting.map(({ rule, isSelected }) => ({
    rule,
    truth: allOf([
      isSelected,
      matchesPeer(rule, remote),
      matchesPort(rule, portContext(world, subject, flow, direction)),
    ]),
  }));
  const closed = always || anyOf(selecting.map(({ rule, isSelected }) => allOf([isSelected, rule.closes])));
  const isHost = direction === "ingress" && flow.from.kind === "entity" && flow.from.entity === "host";
  return verdictOf({
    matches,
    closed,
    isHost,
    remote,
    flow,
    context: portContext(world, subject, flow, direction),
    selecting,
  });
}

/** Pods, and Cilium's own Envoy in front of an Ingress or a Gateway. */
function isUnderPolicy(peer: Peer): boolean {
  return peer.kind === "pods"
    ? peer.hostNetwork !== true
    : peer.kind === "entity" && peer.entity === "ingress";
}

function matchesPeer({ peers, ports }: PolicyRule, remote: Identity): Truth {
  if (peers === undefined) return false;
  return peers.length === 0 ? ports.length > 0 : anyOf(peers.map((each) => selects(each, remote)));
}

interface PortContext {
  readonly port: number;
  readonly transport: Transport;
  readonly named: (name: string, transport: Transport) => number | { readonly unknown: string } | undefined;
}

function portContext(
  world: PolicyWorld,
  subject: Peer,
  { port, transport }: Flow,
  direction: Direction,
): PortContext {
  const named: PortContext["named"] = (name, of) =>
    direction === "ingress"
      ? ownPort(subject.kind === "pods" ? subject.ports : [], name, of)
      : world.knowsAllPods
        ? commonPort(world.pods, name, of)
        : { unknown: `which port ${name} is` };
  return { port, transport, named };
}

function matchesPort({ ports }: PolicyRule, context: PortContext): Truth {
  return ports.length === 0 || anyOf(ports.map((each) => takesPorts(each, context)));
}

function takesPorts({ ports }: PortRule, { port, transport, named }: PortContext): Truth {
  return anyOf(ports.map((each) => takesPort(each, port, transport, named)));
}

interface Match {
  readonly rule: PolicyRule;
  readonly truth: Truth;
}

interface Judged {
  readonly matches: readonly Match[];
  readonly closed: Truth;
  readonly isHost: boolean;
  readonly remote: Identity;
  readonly flow: Flow;
  readonly context: PortContext;
  readonly selecting: readonly { readonly rule: PolicyRule }[];
}

function verdictOf({ matches, closed, isHost, remote, flow, context, selecting }: Judged): DirectionDecision {
  const denies = matches.filter(({ rule }) => rule.deny);
  const denied = anyOf(denies.map(({ truth }) => truth));
  if (denied === true)
    return { ...free("a rule denies it"), verdict: "denied", by: policiesOf(denies, true) };
  const allows = matches.filter(({ rule }) => !rule.deny);
  const allowed = anyOf(allows.map(({ truth }) => truth));
  const permitted = anyOf([isHost, allowed, not(closed)]);
  if (permitted === false)
    return {
      verdict: "denied",
      why: "no rule allows it",
      by: [],
      closedBy: unique(selecting.filter(({ rule }) => rule.closes === true).map(({ rule }) => rule.policy)),
      near: unique(
        allows.filter(({ rule }) => matchesPeer(rule, remote) === true).map(({ rule }) => rule.policy),
      ),
    };
  const truth = allOf([not(denied), permitted]);
  if (isUndecided(truth)) {
    const open = matches.filter((each) => isUndecided(each.truth)).map(({ rule }) => rule.policy);
    return { ...free(`not known before apply: ${truth.unknown}`), verdict: "undecided", by: unique(open) };
  }
  const by = policiesOf(allows, true);
  const why =
    by.length > 0
      ? "a rule allows it"
      : isHost
        ? "the node itself may always reach its pods"
        : "no policy that selects it closes this direction";
  const asked = askRules(requestsOf(allows, context), flow, closed === false || (isHost && by.length === 0));
  return { ...withRequests({ ...free(why), by }, asked), ...authenticationOf(allows) };
}

function requestsOf(allows: readonly Match[], context: PortContext) {
  return allows
    .filter(({ truth }) => truth !== false)
    .flatMap(({ rule }) =>
      rule.ports.length === 0
        ? [undefined]
        : rule.ports.filter((each) => takesPorts(each, context) !== false).map(({ requests }) => requests),
    );
}

function withRequests(decision: DirectionDecision, asked: Asked): DirectionDecision {
  const limited = asked.limitedTo === undefined ? decision : { ...decision, limitedTo: asked.limitedTo };
  if (asked.truth === true) return limited;
  return isUndecided(asked.truth)
    ? { ...limited, verdict: "undecided", why: `not known before apply: ${asked.truth.unknown}` }
    : { ...limited, verdict: "denied", why: "the proxy's rules do not take this request" };
}

function authenticationOf(allows: readonly Match[]): Pick<DirectionDecision, "authentication"> {
  const mode = allows.find(({ rule, truth }) => truth === true && rule.authentication !== undefined)?.rule
    .authentication;
  return mode === undefined ? {} : { authentication: mode };
}

function free(why: string): DirectionDecision {
  return { verdict: "allowed", why, by: [], closedBy: [], near: [] };
}

function policiesOf(matches: readonly Match[], truth: Truth): string[] {
  return unique(matches.filter((each) => each.truth === truth).map(({ rule }) => rule.policy));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
