import type { Resource } from "../resource";
import { entries, isAbsent, isList, isUnknown } from "../../values/value";
import { isAbout, mayAllow, mayDeny } from "./decide";
import { matchesGlob } from "./glob";
import type { Truth } from "./truth";

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
  /** What decides beside the caller: the region of the request, the resource as well, or anything else that the call carries. */
  readonly asksFor: "region" | "resource" | "call";
  /** The same for actions of which it says the same. */
  readonly key: string;
}

const policies = new WeakMap<Statements, PreparedPolicy>();

/** What a policy says of an action. A policy is prepared once: it is asked about hundreds of actions, many times each. */
export function saidOf(statements: Statements, action: string): SaidOfAction {
  let policy = policies.get(statements);
  if (policy === undefined) policies.set(statements, (policy = new PreparedPolicy(statements)));
  return policy.of(action);
}

/** A statement with its actions by service, in lower case; undefined where they have to be looked at one by one. */
interface Prepared {
  readonly statement: Resource;
  readonly actions?: ReadonlyMap<string, readonly string[]>;
  /** Whether it speaks of an action that was asked for before. */
  readonly asked: Map<string, Truth>;
}

let policiesPrepared = 0;
/** Statements of a bootstrap are in the policies of all its targets. */
const prepared = new WeakMap<Resource, Prepared>();

class PreparedPolicy {
  private readonly prepared: readonly Prepared[];
  private readonly byService = new Map<string, readonly Prepared[]>();
  private readonly byAction = new Map<string, SaidOfAction>();

  private readonly number = (policiesPrepared += 1);

  constructor(private readonly statements: Statements) {
    this.prepared = statements.map((each) => {
      const known = prepared.get(each) ?? prepare(each);
      prepared.set(each, known);
      return known;
    });
  }

  of(action: string): SaidOfAction {
    const known = this.byAction.get(action);
    if (known !== undefined) return known;
    const spoken = this.ofService(serviceOf(action)).flatMap((each): Spoken[] => {
      const about = speaks(each, action);
      return about === false ? [] : [{ statement: each.statement, about }];
    });
    const said = {
      allows: spoken.filter(({ statement }) => mayAllow(statement)),
      denies: spoken.filter(({ statement }) => mayDeny(statement)),
      asksFor: mostOf(spoken.map(asked)),
      key: `${this.number}:${spoken.map(({ statement }) => this.statements.indexOf(statement)).join()}`,
    };
    this.byAction.set(action, said);
    return said;
  }

  private ofService(service: string): readonly Prepared[] {
    const known = this.byService.get(service);
    if (known !== undefined) return known;
    const found = this.prepared.filter(({ actions }) => actions === undefined || actions.has(service));
    this.byService.set(service, found);
    return found;
  }
}

function prepare(statement: Resource): Prepared {
  const { actions, notActions } = statement.attributes;
  const asked = new Map<string, Truth>();
  if (!isAbsent(notActions) || !isList(actions)) return { statement, asked };
  const byService = new Map<string, string[]>();
  for (const each of actions) {
    const [, lower = "", service = ""] =
      typeof each === "string" ? (PLAIN.exec(each.toLowerCase()) ?? []) : [];
    if (service === "") return { statement, asked };
    const known = byService.get(service);
    if (known === undefined) byService.set(service, [lower]);
    else known.push(lower);
  }
  return { statement, actions: byService, asked };
}

/** An action of one service, all of it known: `ec2:Describe*`. */
const PLAIN = /^(([\w-]+):[\w*?-]*)$/;

const ASKED = ["region", "resource", "call"] as const;

function mostOf(asked: readonly (typeof ASKED)[number][]): (typeof ASKED)[number] {
  return ASKED.findLast((each) => asked.includes(each)) ?? "region";
}

function asked({ statement: { attributes }, about }: Spoken): (typeof ASKED)[number] {
  const { resources, notResources, conditions } = attributes;
  const isOfCaller = entries(conditions).every(([each]) => OF_CALLER.test(each));
  if (about !== true || isUnknown(conditions) || !isOfCaller) return "call";
  if (!isAbsent(notResources) || !isList(resources)) return "call";
  if (resources.includes("*")) return "region";
  return resources.every((each) => typeof each === "string" && !each.includes("${")) ? "resource" : "call";
}

/** Conditions on who calls, and on the region that he calls. */
const OF_CALLER = / aws:(RequestedRegion|Principal(Account|Arn|OrgID|Type))$/i;

function speaks({ statement, actions, asked }: Prepared, action: string): Truth {
  const known = asked.get(action);
  if (known !== undefined) return known;
  const lower = action.toLowerCase();
  const found =
    actions === undefined
      ? isAbout(statement, action)
      : (actions.get(serviceOf(action))?.some((each) => matchesGlob(each, lower) === true) ?? false);
  asked.set(action, found);
  return found;
}

function serviceOf(action: string): string {
  return action.slice(0, Math.max(action.indexOf(":"), 0)).toLowerCase();
}
