import type { Resource } from "../resource";
import { entries, isAbsent, isList, items } from "../../values/value";
import { isAbout, mayAllow, mayDeny } from "./decide";
import { matchesGlob } from "./glob";
import type { Truth } from "./truth";
import { variablesIn } from "./variables";

/** A policy that a call meets: statements of type `policy-statement`. */
export type Statements = readonly Resource[];

/** A statement, and whether it speaks of the action that was asked for. */
export interface Spoken {
  readonly statement: Resource;
  readonly about: Exclude<Truth, false>;
}

/** What a policy says of one action, whatever the resource. */
export interface SaidOfAction {
  readonly allows: readonly Spoken[];
  readonly denies: readonly Spoken[];
  /** The same for actions of which it says the same. */
  readonly key: string;
  /** What decides of a call, beside who calls and the region that he calls. */
  readonly asks: Asked;
}

/** What a policy asks of a call. */
export interface Asked {
  readonly resource: boolean;
  /** Condition keys, policy variables included, in lower case. */
  readonly keys: readonly string[];
  /** Whether the action itself decides: whether a statement is about it is unknown. */
  readonly action: boolean;
}

const policies = new WeakMap<Statements, PreparedPolicy>();

/** What a policy says of an action. A policy is prepared once: it is asked about hundreds of actions, many times each. */
export function saidOf(statements: Statements, action: string): SaidOfAction {
  let policy = policies.get(statements);
  if (policy === undefined) policies.set(statements, (policy = new PreparedPolicy(statements)));
  return policy.of(action);
}

/** A statement with its actions; undefined where they have to be looked at one by one. */
interface Prepared {
  readonly statement: Resource;
  readonly actions?: ActionList;
  readonly asks: Pick<Asked, "resource" | "keys">;
}

/** At its place in a policy. */
type Placed = Prepared & { readonly index: number };

let policiesPrepared = 0;
/** Statements of a bootstrap are in the policies of all its targets. */
const prepared = new WeakMap<Resource, Prepared>();

class PreparedPolicy {
  private readonly prepared: readonly Placed[];
  private readonly byService = new Map<string, readonly Placed[]>();
  private readonly byAction = new Map<string, SaidOfAction>();

  private readonly number = (policiesPrepared += 1);

  constructor(statements: Statements) {
    this.prepared = statements.map((each, index) => {
      const known = prepared.get(each) ?? prepare(each);
      prepared.set(each, known);
      return { ...known, index };
    });
  }

  of(action: string): SaidOfAction {
    const known = this.byAction.get(action);
    if (known !== undefined) return known;
    const said = this.read(action);
    this.byAction.set(action, said);
    return said;
  }

  private read(action: string): SaidOfAction {
    const service = serviceOf(action);
    const allows: Spoken[] = [];
    const denies: Spoken[] = [];
    const keys = new Set<string>();
    let asksResource = false;
    let asksAction = false;
    let key = `${this.number}:`;
    for (const { statement, actions, asks, index } of this.ofService(service)) {
      const about = actions === undefined ? isAbout(statement, action) : speaks(actions, action, service);
      if (about === false) continue;
      if (mayAllow(statement)) allows.push({ statement, about });
      if (mayDeny(statement)) denies.push({ statement, about });
      key += `${index},`;
      asksResource ||= asks.resource;
      asksAction ||= about !== true;
      for (const each of asks.keys) keys.add(each);
    }
    return { allows, denies, key, asks: { resource: asksResource, keys: [...keys], action: asksAction } };
  }

  private ofService(service: string): readonly Placed[] {
    const known = this.byService.get(service);
    if (known !== undefined) return known;
    const found = this.prepared.filter(
      ({ actions }) => actions === undefined || actions.byService.has(service),
    );
    this.byService.set(service, found);
    return found;
  }
}

function prepare(statement: Resource): Prepared {
  const { actions, notActions } = statement.attributes;
  const whole = { statement, asks: askedBy(statement) };
  if (!isAbsent(notActions) || !isList(actions) || !actions.every((each) => typeof each === "string"))
    return whole;
  const list = actionListOf(actions);
  return list === undefined ? whole : { ...whole, actions: list };
}

/** Actions of a statement by service, in lower case. */
interface ActionList {
  readonly byService: ReadonlyMap<string, readonly string[]>;
  /** Whether it takes an action that was asked for before. */
  readonly asked: Map<string, boolean>;
}

const actionLists = new Map<string, ActionList | undefined>();

/** The same list is in statements of many targets: who runs a controller writes the same policy everywhere. */
function actionListOf(actions: readonly string[]): ActionList | undefined {
  const key = actions.join(" ");
  const known = actionLists.get(key);
  if (known !== undefined || actionLists.has(key)) return known;
  const found = readActionList(actions);
  actionLists.set(key, found);
  return found;
}

/** Undefined where an action is not of one service, or not all of it is known. */
function readActionList(actions: readonly string[]): ActionList | undefined {
  const byService = new Map<string, string[]>();
  for (const each of actions) {
    const [, lower = "", service = ""] = PLAIN.exec(each.toLowerCase()) ?? [];
    if (service === "") return undefined;
    const known = byService.get(service);
    if (known === undefined) byService.set(service, [lower]);
    else known.push(lower);
  }
  return { byService, asked: new Map() };
}

/** An action of one service, all of it known: `ec2:Describe*`. */
const PLAIN = /^(([\w-]+):[\w*?-]*)$/;

/** Conditions on who calls, and on the region that he calls. */
const OF_CALLER = /^aws:(requestedregion|principal(account|arn|orgid|type))$/;

function askedBy({ attributes }: Resource): Prepared["asks"] {
  const { resources, notResources, conditions } = attributes;
  const compared = entries(conditions);
  const keys = [
    ...compared.map(([condition]) => condition.slice(condition.indexOf(" ") + 1)),
    ...[
      ...items(resources),
      ...items(notResources),
      ...compared.flatMap(([, values]) => items(values)),
    ].flatMap(variablesIn),
  ].map((key) => key.toLowerCase());
  return {
    resource: !isList(resources) || !resources.includes("*"),
    keys: [...new Set(keys)].filter((key) => !OF_CALLER.test(key)),
  };
}

function speaks({ byService, asked }: ActionList, action: string, service: string): boolean {
  const known = asked.get(action);
  if (known !== undefined) return known;
  const lower = action.toLowerCase();
  const found = byService.get(service)?.some((each) => matchesGlob(each, lower) === true) ?? false;
  asked.set(action, found);
  return found;
}

function serviceOf(action: string): string {
  return action.slice(0, Math.max(action.indexOf(":"), 0)).toLowerCase();
}
