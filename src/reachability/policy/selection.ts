import type { Truth } from "../../guardrails/iam/truth";
import { conflictOf } from "./merge-conflicts";
import { identityOf, type Peer, type PeerContext } from "./peers";
import type { Direction, PolicyRule, PolicySet } from "./rules";
import { type Identity, meets } from "./selectors";
import { type Placed, SubjectIndex } from "./subject-index";

/** What policies are looked at in. */
interface SelectionWorld extends PeerContext {
  readonly policies: PolicySet;
}

interface Selection {
  readonly selecting: readonly { readonly rule: PolicyRule; readonly isSelected: Truth }[];
  readonly conflict: ReturnType<typeof conflictOf>;
}

const selections = new WeakMap<SelectionWorld, WeakMap<Peer, Map<Direction, Selection>>>();

/** Rules that may select an end: flows share their ends, so that each is looked at once. */
export function selectionOf(world: SelectionWorld, subject: Peer, direction: Direction): Selection {
  const ofWorld = selections.get(world) ?? new WeakMap<Peer, Map<Direction, Selection>>();
  selections.set(world, ofWorld);
  const ofSubject = ofWorld.get(subject) ?? new Map<Direction, Selection>();
  ofWorld.set(subject, ofSubject);
  const found = ofSubject.get(direction) ?? select(world, subject, direction);
  ofSubject.set(direction, found);
  return found;
}

function select(world: SelectionWorld, subject: Peer, direction: Direction): Selection {
  const own = identityOf(subject, world);
  const selecting = rulesAbout(world.policies, subject, own, direction)
    .map((rule) => ({ rule, isSelected: subjectOf(rule, subject, own) }))
    .filter(({ isSelected }) => isSelected !== false);
  const certain = selecting.filter(({ isSelected }) => isSelected === true).map(({ rule }) => rule);
  return { selecting, conflict: conflictOf(certain) };
}

const indexes = new WeakMap<PolicySet["rules"], ReadonlyMap<string, SubjectIndex>>();

/** Rules of a direction for pods of the subject's namespace, and those for all, in their order: most are of others. */
function rulesAbout(
  { rules }: PolicySet,
  subject: Peer,
  { labels }: Identity,
  direction: Direction,
): readonly PolicyRule[] {
  const index = indexes.get(rules) ?? byNamespace(rules);
  indexes.set(rules, index);
  const places = [undefined, ...(subject.kind === "pods" ? [subject.namespace] : [])];
  return places
    .flatMap((namespace) => [...(index.get(placeKey(direction, namespace))?.about(labels) ?? [])])
    .sort((a, b) => a.index - b.index)
    .map(({ rule }) => rule);
}

function byNamespace(rules: PolicySet["rules"]): ReadonlyMap<string, SubjectIndex> {
  const placed = new Map<string, Placed[]>();
  for (const [index, rule] of rules.entries()) {
    const key = placeKey(rule.direction, rule.namespace);
    const same = placed.get(key);
    if (same === undefined) placed.set(key, [{ index, rule }]);
    else same.push({ index, rule });
  }
  return new Map([...placed].map(([key, same]) => [key, new SubjectIndex(same)]));
}

function placeKey(direction: Direction, namespace: string | undefined): string {
  return namespace === undefined ? direction : `${direction} ${namespace}`;
}

/** Whether a policy of a namespace, or one of all, may be about an end. */
export function isOf(namespace: string | undefined, peer: Peer): boolean {
  return namespace === undefined || (peer.kind === "pods" && peer.namespace === namespace);
}

function subjectOf(rule: PolicyRule, peer: Peer, own: Identity): Truth {
  return isOf(rule.namespace, peer) && meets(rule.subject, own.labels);
}
