import type { Resource } from "../resource";
import { isAbsent, isList } from "../../values/value";
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
}

class PreparedPolicy {
  private readonly prepared: readonly Prepared[];
  private readonly byService = new Map<string, readonly Prepared[]>();
  private readonly byAction = new Map<string, SaidOfAction>();

  constructor(statements: Statements) {
    this.prepared = statements.map(prepare);
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
  if (!isAbsent(notActions) || !isList(actions)) return { statement };
  const byService = new Map<string, string[]>();
  for (const each of actions) {
    const [, lower = "", service = ""] =
      typeof each === "string" ? (PLAIN.exec(each.toLowerCase()) ?? []) : [];
    if (service === "") return { statement };
    const known = byService.get(service);
    if (known === undefined) byService.set(service, [lower]);
    else known.push(lower);
  }
  return { statement, actions: byService };
}

/** An action of one service, all of it known: `ec2:Describe*`. */
const PLAIN = /^(([\w-]+):[\w*?-]*)$/;

function speaks({ statement, actions }: Prepared, action: string): Truth {
  if (actions === undefined) return isAbout(statement, action);
  const lower = action.toLowerCase();
  return actions.get(serviceOf(action))?.some((each) => matchesGlob(each, lower) === true) ?? false;
}

function serviceOf(action: string): string {
  return action.slice(0, Math.max(action.indexOf(":"), 0)).toLowerCase();
}
