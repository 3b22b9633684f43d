import type { Resource } from "../resource";
import { mayAllow, statementApplies } from "./decide";
import { type Caller, namesCaller } from "./principals";
import type { CallRequest } from "./request";
import { type SaidOfAction, saidOf, type Spoken, type Statements } from "./spoken";
import { allOf, anyOf, isUndecided, not, type Truth } from "./truth";

/** All policies that a call meets. What is left out is not there. */
export interface Layers {
  readonly identity: Statements;
  readonly boundary?: Statements;
  readonly session?: Statements;
  /** Service control policies, one list a level (root, unit, account). */
  readonly scps?: readonly Statements[];
  /** Of the VPC endpoint on the way. */
  readonly endpoint?: Statements;
  /** Of the resource itself. */
  readonly resource?: {
    readonly statements: Statements;
    /** Account that the resource is of. */
    readonly account: string;
    /** A key's policy and a role's trust: without them no policy of the caller's own allows anything. */
    readonly isNecessary: boolean;
  };
}

export type LayerName = "identity" | "boundary" | "session" | "scp" | "endpoint" | "resource";

export type Verdict =
  | { readonly kind: "allowed"; readonly by?: Resource }
  /** `by`: the statement that denies it; none where no statement of the layer allows it. */
  | {
      readonly kind: "denied";
      readonly layer: LayerName;
      readonly by?: Resource;
      /** Which level of service control policies. */
      readonly level?: number;
    }
  | { readonly kind: "undecided"; readonly layer: LayerName; readonly why: string; readonly level?: number };

/**
 * A call on one resource by all policies that it meets, as IAM decides (IAM User Guide, "Policy evaluation logic", and
 * for keys "Key policies in AWS KMS"). What depends on something unknown is undecided, never allowed.
 */
export function authorize(caller: Caller, request: CallRequest, layers: Layers): Verdict {
  const identity = judge(layers.identity, request);
  const boundary = layers.boundary && judge(layers.boundary, request);
  const session = layers.session && judge(layers.session, request);
  const scps = (layers.scps ?? []).map((level) => ({
    ...judge(level, request),
    allowsAny: level.some(mayAllow),
  }));
  const endpoint = layers.endpoint && judgeFor(layers.endpoint, request, caller);
  const resource = layers.resource && judgeFor(layers.resource.statements, request, caller);

  const gates: readonly Gate[] = [
    // A level that only denies has FullAWSAccess beside it, as AWS attaches it.
    ...scps.map((each, level): Gate => ({
      layer: "scp",
      level,
      denies: each.denies,
      passes: each.allowsAny ? each.allows : true,
    })),
    ...(endpoint ? [{ layer: "endpoint" as const, denies: endpoint.denies, passes: endpoint.allows }] : []),
    ...(boundary ? [{ layer: "boundary" as const, denies: boundary.denies, passes: boundary.allows }] : []),
    ...(session ? [{ layer: "session" as const, denies: session.denies, passes: session.allows }] : []),
    ...(resource ? [{ layer: "resource" as const, denies: resource.denies, passes: true as const }] : []),
    { layer: "identity", denies: identity.denies, passes: true },
  ];
  for (const { layer, level, denies } of gates)
    if (denies.truth === true) return denied(layer, denies.by, level);
  for (const { layer, level, passes } of gates) if (passes === false) return denied(layer, undefined, level);

  const granted = grantedBy(caller, identity, resource, layers.resource);
  if (granted.truth === false) return denied(granted.layer);
  for (const { layer, level, denies, passes } of gates) {
    const open = allOf([passes, not(denies.truth)]);
    if (isUndecided(open))
      return { kind: "undecided", layer, why: open.unknown, ...(level !== undefined && { level }) };
  }
  if (isUndecided(granted.truth))
    return { kind: "undecided", layer: granted.layer, why: granted.truth.unknown };
  return { kind: "allowed", ...(granted.by && { by: granted.by }) };
}

interface Found {
  readonly truth: Truth;
  readonly by?: Resource;
}

interface Gate {
  readonly layer: LayerName;
  readonly level?: number;
  readonly denies: Found;
  readonly passes: Truth;
}

interface Judged {
  readonly denies: Found;
  readonly allows: Truth;
  readonly by?: Resource;
}

function denied(layer: LayerName, by?: Resource, level?: number): Verdict {
  return { kind: "denied", layer, ...(by && { by }), ...(level !== undefined && { level }) };
}

/** Who may, by his own policies and the resource's. */
function grantedBy(
  caller: Caller,
  identity: Judged,
  resource: ReturnType<typeof judgeFor> | undefined,
  held: Layers["resource"],
): Found & { readonly layer: LayerName } {
  if (resource === undefined || held === undefined)
    return { layer: "identity", truth: identity.allows, by: identity.by };
  const { itself, account } = resource;
  if (caller.kind !== "role") return { layer: "resource", truth: itself, by: resource.by };
  const isForeign = held.account !== "" && held.account !== caller.account;
  if (isForeign) {
    const admitted = anyOf([itself, account]);
    return admitted === true
      ? { layer: "identity", truth: identity.allows, by: identity.by }
      : { layer: "resource", truth: allOf([admitted, identity.allows]), by: resource.by };
  }
  if (!held.isNecessary) {
    const truth = anyOf([itself, identity.allows]);
    return { layer: "identity", truth, by: identity.allows === true ? identity.by : resource.by };
  }
  const delegated = allOf([account, identity.allows]);
  const layer = account === true && identity.allows !== true ? "identity" : "resource";
  return { layer, truth: anyOf([itself, delegated]), by: itself === true ? resource.by : identity.by };
}

function judge(statements: Statements, request: CallRequest): Judged {
  return judged(saidOf(statements, request.action), ({ statement, about }) =>
    statementApplies(statement, request, about),
  );
}

function judgeFor(statements: Statements, request: CallRequest, caller: Caller) {
  const { allows, denies } = saidOf(statements, request.action);
  const heard = ({ statement, about }: Spoken) => {
    const who = namesCaller(statement.attributes, caller);
    const named = anyOf([who.itself, who.account]);
    return { ...who, named, applies: named === false ? false : statementApplies(statement, request, about) };
  };
  const allowing = allows.map((each) => ({ ...each, ...heard(each) }));
  const denying = denies.map((each) => ({ ...each, ...heard(each) }));
  const eitherHolds = ({ named, applies }: ReturnType<typeof heard>) => allOf([named, applies]);
  const allowed = find(allowing, eitherHolds);
  return {
    denies: find(denying, eitherHolds),
    allows: allowed.truth,
    ...(allowed.by && { by: allowed.by }),
    itself: anyOf(allowing.map(({ itself, applies }) => allOf([itself, applies]))),
    account: anyOf(allowing.map(({ account, applies }) => allOf([account, applies]))),
  };
}

function judged({ allows, denies }: SaidOfAction, applies: (each: Spoken) => Truth): Judged {
  const allowed = find(allows, applies);
  return { denies: find(denies, applies), allows: allowed.truth, ...(allowed.by && { by: allowed.by }) };
}

function find<T extends Spoken>(spoken: readonly T[], applies: (each: T) => Truth): Found {
  let truth: Truth = false;
  for (const each of spoken) {
    const applied = applies(each);
    if (applied === true) return { truth: true, by: each.statement };
    if (applied !== false) truth = applied;
  }
  return { truth };
}
