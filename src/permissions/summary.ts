import { matchesGlob } from "../guardrails/iam/glob";
import { readable } from "../guardrails/iam/symbol";
import type { ProvedCall } from "./evaluate/proved-call";
import type { IdentityProof } from "./prove";
import type { Identity } from "./identity";
import { settingOf } from "./setting";
import { type Unused, unusedOf } from "./unused";
import { REMEDIES, stoppedBy } from "./words";

export type CallKind = ProvedCall["verdict"]["kind"];

/** One call as a report shows it. */
export interface CallLine {
  readonly action: string;
  readonly resource: string;
  readonly kind: CallKind;
  readonly why: string;
  readonly source: string;
  /** The statement that allows it. */
  readonly allowedBy?: string;
  /** The policy that stops it or leaves it open, with its place. */
  readonly stoppedBy?: string;
  readonly remedy?: string;
  /** File and line of the setting that decides it. */
  readonly place?: string;
}

export interface IdentitySummary {
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly counts: Readonly<Record<"needed" | CallKind | "unused", number>>;
  /** Denied first, then undecided. Allowed ones only where an identity or an action is asked for. */
  readonly calls: readonly CallLine[];
  readonly unused: readonly { readonly policy: string; readonly actions: readonly string[] }[];
}

export interface Asked {
  readonly identity?: string;
  /** An action, `*` and `?` as in policies. Calls that are allowed are shown where one or the other is asked for. */
  readonly action?: string;
}

/** Where a setting is written. */
export type PlaceOf = (setting: string) => string | undefined;

const ORDER: readonly CallKind[] = ["denied", "undecided", "allowed"];

export function summariesOf(
  proofs: readonly IdentityProof[],
  { identity, action }: Asked,
  placeOf: PlaceOf,
): IdentitySummary[] {
  return proofs
    .filter((each) => identity === undefined || each.identity.name === identity)
    .map((proof): IdentitySummary => {
      const asked = proof.calls.filter(
        ({ call }) => action === undefined || matchesGlob(action, call.action, true) === true,
      );
      const unused = unusedOf(proof);
      const count = (kind: CallKind) => asked.filter(({ verdict }) => verdict.kind === kind).length;
      return {
        name: proof.identity.name,
        kind: proof.identity.kind,
        role: readable(proof.role?.arn ?? `${proof.identity.where.stack}/${proof.identity.where.address}`),
        counts: {
          needed: asked.length,
          allowed: count("allowed"),
          denied: count("denied"),
          undecided: count("undecided"),
          unused: unused.reduce((sum, { actions }) => sum + actions.length, 0),
        },
        calls: [...asked]
          .filter(
            ({ verdict }) => verdict.kind !== "allowed" || action !== undefined || identity !== undefined,
          )
          .sort((a, b) => ORDER.indexOf(a.verdict.kind) - ORDER.indexOf(b.verdict.kind))
          .map((each) => lineOf(each, proof.identity, placeOf)),
        unused: action === undefined ? unusedByPolicy(unused) : [],
      };
    })
    .filter(({ counts }) => action === undefined || counts.needed > 0);
}

function lineOf(proved: ProvedCall, identity: Identity, placeOf: PlaceOf): CallLine {
  const { call, resource, verdict } = proved;
  const base = {
    action: call.action,
    resource: readable(resource),
    kind: verdict.kind,
    why: call.why,
    source: call.source,
  };
  if (verdict.kind === "allowed")
    return { ...base, ...(verdict.by && { allowedBy: `${verdict.by.stack}/${verdict.by.address}` }) };
  const place = placeOf(settingOf(identity, proved));
  return {
    ...base,
    stoppedBy: stoppedBy(proved),
    ...(verdict.kind === "denied" && { remedy: REMEDIES[verdict.layer] }),
    ...(place !== undefined && { place }),
  };
}

function unusedByPolicy(unused: readonly Unused[]): IdentitySummary["unused"] {
  const policies = [...new Set(unused.map(({ policy }) => policy))];
  return policies.map((policy) => ({
    policy: readable(policy),
    actions: [
      ...new Set(unused.filter((each) => each.policy === policy).flatMap(({ actions }) => actions)),
    ].sort(),
  }));
}
