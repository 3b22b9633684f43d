import type { Command } from "commander";
import { actionNames, isKnownService } from "../../facts/iam-actions";
import { placeOf } from "../../fleet/place-of";
import { selectTarget } from "../../fleet/select-targets";
import { neededPolicies } from "../../permissions/needed-policies";
import { matchesGlob } from "../../guardrails/iam/glob";
import type { IdentityProof } from "../../permissions/prove";
import { summariesOf } from "../../permissions/summary";
import { permissionsMarkdown, permissionsText } from "../../permissions/text";
import { nearestOf, unknownName } from "../../text/nearest";
import { proofOfBootstrap, proofOfTarget, wholeProofOf } from "../../synth/guard-targets";
import { type FormOptions, formOf } from "../forms";
import { checkedFleet } from "../fleet-options";
import { tellProgress } from "../progress";
import { UsageError } from "../report-error";
import { print, printJson } from "../terminal";

interface PermissionsOptions extends FormOptions<"text" | "json" | "markdown"> {
  readonly identity?: string;
  readonly for?: string;
  readonly policy?: "deploy" | "bootstrap";
}

export function permissions(
  name: string,
  { identity, for: action, policy, ...form }: PermissionsOptions,
  command: Command,
): void {
  const target = selectTarget(checkedFleet(command), name);
  if (action !== undefined) refuseNoAction(action);
  tellProgress(`proving ${target.name}`);
  if (policy === "bootstrap") return printJson(neededPolicies(proofOfBootstrap(target)));
  if (policy !== undefined) {
    const proofs = [target, ...target.siblings].map((each) => proofOfTarget(each));
    const isAsked = (each: IdentityProof): boolean => each.identity.kind === policy;
    if (proofs[0]?.some(isAsked) !== true)
      throw new UsageError(
        `--policy ${policy} needs a deploy role that all targets of ${target.environment} share; give them the same account and account.deployRole`,
      );
    return printJson(neededPolicies(proofs.flat().filter(isAsked)));
  }
  const whole = wholeProofOf(target);
  const proofs = whole?.proofs ?? [];
  const names = proofs.map((each) => each.identity.name);
  if (identity !== undefined && !names.includes(identity))
    throw new UsageError(unknownName(identity, `an identity of ${target.name}`, names));
  const asked = { ...(identity !== undefined && { identity }), ...(action !== undefined && { action }) };
  const summaries = summariesOf(proofs, asked, (setting) => {
    const { file, line } = placeOf(target, setting);
    return `${file}:${line}`;
  });
  const exposures = Object.keys(asked).length === 0 ? (whole?.exposures ?? []) : [];
  const format = formOf(form);
  if (format === "json") printJson({ target: target.name, identities: summaries, exposures });
  else
    print((format === "markdown" ? permissionsMarkdown : permissionsText)(target.name, summaries, exposures));
  process.exitCode = summaries.some(({ counts }) => counts.denied > 0) ? 1 : 0;
}

/** Nobody calls an action that AWS does not have, so a typo would look as if all were well. */
function refuseNoAction(action: string): void {
  const [service = "", name] = action.toLowerCase().split(":");
  if (name === undefined || name === "")
    throw new UsageError(
      `--for ${action} is not an action; write one as policies do: ec2:CreateVolume, 'kms:*'`,
    );
  if (!isKnownService(service)) return;
  const known = actionNames(service);
  if ([...known.keys()].some((each) => matchesGlob(name, each) === true)) return;
  const near = nearestOf(name, [...known.values()]);
  throw new UsageError(
    `--for ${action} is not an action that AWS has${near === undefined ? "" : `; did you mean ${service}:${near}?`}`,
  );
}
