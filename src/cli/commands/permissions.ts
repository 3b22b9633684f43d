import type { Command } from "commander";
import { actionNames, serviceNames } from "../../facts/iam-actions";
import { placeOf } from "../../fleet/place-of";
import { selectTarget } from "../../fleet/select-targets";
import { neededPolicies } from "../../permissions/needed-policies";
import { matchesGlob } from "../../guardrails/iam/glob";
import { summariesOf } from "../../permissions/summary";
import { permissionsMarkdown, permissionsText } from "../../permissions/text";
import { closestOf, unknownName } from "../../text/nearest";
import type { Target } from "../../model/target";
import { sharedEnvironment } from "../../fleet/environment";
import { policyDocument } from "../../permissions/deploy-policies";
import { generatedPolicies } from "../../synth/generated-policies";
import { proofOfBootstrap, wholeProofOf } from "../../synth/guard-targets";
import { type FormOptions, formOf } from "../forms";
import { checkedFleet } from "../checked-fleet";
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
  tellProgress(`proving ${target.name}`);
  if (policy !== undefined) return printPolicies(policiesFor(target, policy), formOf(form));
  const whole = wholeProofOf(target);
  const proofs = whole?.proofs ?? [];
  const names = proofs.map((each) => each.identity.name);
  if (identity !== undefined && !names.includes(identity))
    throw new UsageError(unknownName(identity, `an identity of ${target.name}`, names));
  if (action !== undefined)
    refuseNoAction(
      action,
      proofs.flatMap(({ calls }) => calls.map(({ call }) => call.action)),
    );
  const asked = { ...(identity !== undefined && { identity }), ...(action !== undefined && { action }) };
  const summaries = summariesOf(proofs, asked, (setting) => {
    const { file, line } = placeOf(target, setting);
    return `${file}:${line}`;
  });
  const exposures = Object.keys(asked).length === 0 ? (whole?.exposures ?? []) : [];
  const format = formOf(form);
  if (format === "json") printJson("permissions", { target: target.name, identities: summaries, exposures });
  else
    print((format === "markdown" ? permissionsMarkdown : permissionsText)(target.name, summaries, exposures));
  process.exitCode = summaries.some(({ counts }) => counts.denied > 0) ? 1 : 0;
}

interface NamedPolicy {
  readonly name: string;
  readonly document: { readonly Version: string; readonly Statement: readonly unknown[] };
}

/** What the deploy role of the target's environment needs, as bootstrap attaches it; or who applies the bootstrap. */
function policiesFor(target: Target, who: "deploy" | "bootstrap"): NamedPolicy[] {
  if (who === "bootstrap")
    return neededPolicies(proofOfBootstrap(target)).map((document, index) => ({
      name: `bootstrap-${index + 1}`,
      document,
    }));
  const environment = sharedEnvironment(
    [target, ...target.siblings].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  const policies = environment === undefined ? [] : generatedPolicies(environment, []);
  if (policies.length === 0)
    throw new UsageError(
      `--policy deploy needs a deploy role that all targets of ${target.environment} share; give them the same account and account.deployRole`,
    );
  return policies.map(({ name, statements }) => ({
    name: `${target.config.account.deployRole.replace(/^.*\//, "")}-${name}`,
    document: policyDocument(statements),
  }));
}

/** Documents to copy; with their names and sizes, as IAM counts those, for programs. */
function printPolicies(policies: readonly NamedPolicy[], format: string): void {
  if (format === "markdown") throw new UsageError("--policy prints JSON; leave --format markdown out");
  if (format !== "json")
    return printJson(
      "permissions_documents",
      policies.map(({ document }) => document),
    );
  printJson(
    "permissions_policies",
    policies.map(({ name, document }) => ({ name, size: JSON.stringify(document).length, document })),
  );
}

/**
 * Nobody calls an action that AWS does not have, so a typo would look as if all were well. Services that are not in the
 * data are known by who calls them, such as a team's own statements.
 */
function refuseNoAction(action: string, called: readonly string[]): void {
  const [service = "", name] = action.toLowerCase().split(":");
  if (name === undefined || name === "" || service === "")
    throw new UsageError(
      `--for ${action} is not an action; write one as policies do: ec2:CreateVolume, 'kms:*'`,
    );
  if (called.some((each) => matchesGlob(action, each, true) === true)) return;
  const services = serviceNames.filter((each) => matchesGlob(service, each) === true);
  if (services.length === 0) {
    const known = [...new Set([...serviceNames, ...called.map((each) => each.split(":")[0] ?? "")])];
    throw new UsageError(
      `--for ${action} is of a service that nobody here calls and that is not known; did you mean ${closestOf(service, known)}? Known: ${known.sort().join(", ")}`,
    );
  }
  const actions = services.flatMap((each) =>
    [...actionNames(each)].map((entry) => [each, ...entry] as const),
  );
  if (actions.some(([, lower]) => matchesGlob(name, lower) === true)) return;
  const near = closestOf(
    `${services[0] ?? ""}:${name}`,
    actions.map(([each, , written]) => `${each}:${written}`),
  );
  throw new UsageError(`--for ${action} is not an action that AWS has; did you mean ${near}?`);
}
