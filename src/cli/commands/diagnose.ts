import path from "node:path";
import type { Command } from "commander";
import { diagnose as diagnoseCollected } from "../../diagnose/diagnose";
import type { Collected } from "../../diagnose/read/collected";
import { diagnosisText, type Told } from "../../diagnose/text";
import { matrixText, whereToLook } from "../../diagnose/where";
import type { KnownIdentity, TargetFacts } from "../../diagnose/world";
import { lineOf } from "../../fleet/place-of";
import { selectTarget } from "../../fleet/select-targets";
import { withoutSecrets } from "../../live/without-secrets";
import type { Target } from "../../model/target";
import type { IdentityProof } from "../../permissions/prove";
import { wholeProofOf } from "../../synth/guard-targets";
import { counted } from "../../text/counted";
import { connect, type ConnectionOptions } from "../access/connection";
import { askCluster } from "../diagnose/ask-cluster";
import { cniOf, placesOf } from "../diagnose/places-of";
import { readFolder } from "../diagnose/read-folder";
import { checkedFleet } from "../checked-fleet";
import { tellProgress } from "../progress";
import { CommandFailure, UsageError } from "../report-error";
import { print, printJson, say, warn } from "../terminal";

interface DiagnoseOptions extends ConnectionOptions {
  readonly from?: string;
  readonly collect?: string;
  readonly where?: boolean;
  readonly json?: boolean;
}

/** Exit codes: 0 nothing is wrong, 1 causes were found or something is not explained, 2 wrong usage. */
export async function diagnose(
  name: string | undefined,
  options: DiagnoseOptions,
  command: Command,
): Promise<void> {
  const { from, json, where } = options;
  if (name === undefined && from === undefined)
    throw new UsageError("a target or --from is required; name the target whose cluster to ask");
  const target = name === undefined ? undefined : selectTarget(checkedFleet(command), name);
  if (where === true && target !== undefined) {
    const rows = whereToLook(placesOf(target));
    if (json === true) printJson("diagnose_where", { target: target.name, questions: rows });
    else print(matrixText(rows));
    return;
  }
  const facts = target === undefined ? undefined : factsOf(target);
  const collected = from === undefined ? await ask(target!, facts!, options) : readFolder(from);
  if (collected.length === 0) throw new CommandFailure(`${from ?? "the cluster"} has no answer to read`);
  const { findings, advice } = diagnoseCollected(collected, facts);
  const told: Told = {
    target: target?.name,
    answers: collected.length,
    advice,
    findings: findings.map((each) => ({
      ...each,
      details: each.details.map(withoutSecrets),
      evidence: each.evidence.map((quote) => ({ ...quote, text: withoutSecrets(quote.text) })),
    })),
  };
  if (json === true) printJson("diagnose", told);
  else print(diagnosisText(told, (key) => (target === undefined ? undefined : lineOf(target, key))));
  process.exitCode = findings.length + advice.length > 0 ? 1 : 0;
}

async function ask(
  target: Target,
  facts: TargetFacts,
  options: DiagnoseOptions,
): Promise<readonly Collected[]> {
  const connection = await connect(target, options);
  try {
    tellProgress(`asking ${target.name}`);
    const { collected, unanswered } = await askCluster(connection.live, facts, options.collect);
    if (unanswered.length > 0)
      warn(
        `${counted(unanswered.length, "question")} had no answer, the first: ${unanswered[0]?.command}: ${unanswered[0]?.why}`,
      );
    if (options.collect !== undefined)
      say(`kept ${counted(collected.length, "answer")} in ${path.normalize(options.collect)}`);
    return collected;
  } finally {
    connection.close();
  }
}

function factsOf(target: Target): TargetFacts {
  return {
    name: target.name,
    clusterName: target.clusterName,
    ...cniOf(target),
    identities: (wholeProofOf(target)?.proofs ?? []).map(knownIdentity),
  };
}

function knownIdentity({ identity, role, calls }: IdentityProof): KnownIdentity {
  const actions: Record<string, "allowed" | "denied" | "undecided"> = {};
  for (const { call, verdict } of calls)
    if (actions[call.action] === undefined || verdict.kind === "denied") actions[call.action] = verdict.kind;
  return { name: identity.name, role: role?.name ?? "", actions };
}
