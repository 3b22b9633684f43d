/**
 * compare.ts ENVS TARGET CALLS [ROLE ACTION]...: calls of AWS that controllers really made, against what is proved of them.
 * CALLS is a log of whoever stands in for AWS and refuses by IAM's rules, one JSON object a line: `who` (name of the role),
 * `action`, `resource`, and `refused` with AWS's message where it was. ROLE ACTION: without the statements of that role that
 * allow the action, as they were taken away where the calls are from. Ends with 1 where both do not agree. By hand, after a
 * change of what controllers need or of how policies are judged; docs/permissions.md has the last result.
 */
import fs from "node:fs";
import { loadFleet } from "../../src/fleet/load-fleet";
import { selectTarget } from "../../src/fleet/select-targets";
import { isAbout } from "../../src/guardrails/iam/decide";
import { matchesGlob } from "../../src/guardrails/iam/glob";
import { type Grants, grantsOf } from "../../src/permissions/grants/grants";
import type { Identity } from "../../src/permissions/identity";
import { identitiesOf } from "../../src/permissions/needs/identities";
import type { ProvedCall } from "../../src/permissions/evaluate/proved-call";
import { type IdentityProof, prove } from "../../src/permissions/prove";
import { stoppedBy } from "../../src/permissions/words";
import { targetInventory } from "../../src/synth/guard-targets";

interface LoggedCall {
  readonly role: string;
  readonly action: string;
  /** Undefined where the log does not know it. */
  readonly resource?: string;
  readonly isRefused: boolean;
}

/** What a refusal is about may be another call than the one that was made: iam:PassRole, a key, sts:TagSession. */
function loggedCalls(file: string): LoggedCall[] {
  const calls = fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): LoggedCall => {
      const { who, action, resource, refused } = JSON.parse(line) as Record<string, string | null>;
      const [, about, on] = /perform: (\S+) on resource: (\S+)/.exec(refused ?? "") ?? [];
      const named = on ?? resource;
      return {
        role: who ?? "",
        action: about ?? action ?? "",
        ...(named && { resource: named }),
        isRefused: typeof refused === "string",
      };
    });
  return [...new Map(calls.map((each) => [JSON.stringify(each), each])).values()];
}

function without(grants: Grants, role: string, action: string): Grants {
  return {
    ...grants,
    roles: grants.roles.map((each) => {
      if (each.name !== role) return each;
      const policies = each.policies.map((policy) => ({
        ...policy,
        statements: policy.statements.filter((statement) => isAbout(statement, action) !== true),
      }));
      return { ...each, policies, statements: policies.flatMap(({ statements }) => statements) };
    }),
  };
}

/** What the proof says of a call: of the need that it is, or, where nobody foresaw it, of the call by itself. */
function judged(proofs: readonly IdentityProof[], grants: Grants, call: LoggedCall): [ProvedCall[], boolean] {
  const found = proofs
    .flatMap(({ calls }) => calls)
    .filter(
      (each) =>
        each.call.action === call.action &&
        (call.resource === undefined ||
          call.resource === "*" ||
          matchesGlob(each.resource, call.resource) !== false),
    );
  if (found.length > 0) return [found, true];
  const itself = { action: call.action, resources: [call.resource ?? "*"], why: "logged", source: "log" };
  const identities = proofs.map(({ identity }): Identity => ({ ...identity, calls: [itself] }));
  const calls = prove(identities.slice(0, 1), grants).flatMap((each) => each.calls);
  return [calls.filter((each) => each.call.why === "logged"), false];
}

/** Words for a call, and whether both agree on it. */
function comparison(proofs: readonly IdentityProof[], grants: Grants, call: LoggedCall): [string, boolean] {
  const [calls, isForeseen] = judged(proofs, grants, call);
  const kinds = [...new Set(calls.map(({ verdict }) => verdict.kind))];
  const proved = kinds.join(" or ");
  const agrees = call.isRefused ? !kinds.includes("allowed") : isForeseen && kinds.includes("allowed");
  const why = calls.find(({ verdict }) => verdict.kind !== "allowed");
  return [
    [
      agrees ? "agree   " : "DISAGREE",
      call.isRefused ? "refused" : "made   ",
      `${proved}${isForeseen ? "" : " (not foreseen)"}`,
      `${call.role}: ${call.action} on ${call.resource ?? "something"}`,
      ...(why === undefined ? [] : [stoppedBy(why)]),
    ].join(" | "),
    agrees,
  ];
}

function main([envs = "", name = "", log = "", ...taken]: readonly string[]): number {
  const target = selectTarget(loadFleet(envs), name);
  const { resources, place } = targetInventory(target);
  if (place === undefined) return 2;
  // Roles of peers in the same account are assumed as well.
  const peers = loadFleet(envs).targets.filter(
    (each) => each.name !== name && each.config.account.id === target.config.account.id,
  );
  const around = peers.flatMap((each) => targetInventory(each).resources);
  let grants = grantsOf([...resources, ...around], place);
  for (let i = 0; i + 1 < taken.length; i += 2) grants = without(grants, taken[i] ?? "", taken[i + 1] ?? "");
  const identities = identitiesOf({ resources, place }, { stack: "", address: "" });
  const proofs = prove(
    identities.filter(({ kind }) => kind !== "deploy"),
    grants,
  );
  let agreed = 0;
  const others = new Set<string>();
  const lines = loggedCalls(log)
    .sort((a, b) => (`${a.role} ${a.action}` < `${b.role} ${b.action}` ? -1 : 1))
    .flatMap((call) => {
      const own = proofs.filter(({ role }) => role?.name === call.role);
      if (own.length === 0) {
        others.add(call.role);
        return [];
      }
      const [words, agrees] = comparison(own, grants, call);
      if (agrees) agreed += 1;
      return [words];
    });
  for (const line of lines) console.log(line);
  console.log(
    `${lines.length} calls, ${agreed} agree; of roles that are not of ${name}: ${[...others].join(" ") || "none"}`,
  );
  return agreed === lines.length ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
