import fs from "node:fs";
import path from "node:path";
import { table } from "../../text/columns";
import type { Command } from "commander";
import { deployPoliciesFile } from "../../config/read/deploy-policies";
import { environmentOf } from "../../fleet/environment";
import { loadFleet } from "../../fleet/load-fleet";
import type { DeployPolicy } from "../../model/deploy-policy";
import type { Environment } from "../../model/environment";
import { policyDocument } from "../../permissions/deploy-policies";
import { generatedPolicies } from "../../synth/generated-policies";
import { BootstrapRun } from "../deploy/bootstrap-run";
import { envsDir, loadOptions } from "../fleet-options";
import { UsageError } from "../report-error";
import { canAsk, print, say } from "../terminal";
import { writeWhole } from "../write-whole";

interface BootstrapOptions {
  readonly yes?: boolean;
  readonly synthOnly?: boolean;
  readonly localState?: boolean;
  readonly narrow?: boolean;
}

export async function bootstrap(name: string, options: BootstrapOptions, command: Command): Promise<void> {
  refuseTogether(options);
  // No warnings of the fleet: they are about releases, which no account depends on.
  const environment = environmentOf(loadFleet(envsDir(command), loadOptions(command)), name);
  refuseSilence(options);
  const run = new BootstrapRun(withPolicies(environment, envsDir(command), options.narrow ?? false));
  if (options.synthOnly) return print(run.synthesize(options.localState ? "local" : "bucket"));
  const outputs = await run.apply(options.yes ?? false);
  print(table(Object.entries(outputs).map(([output, value]) => [output, value || "-"])));
  print(`${name}: bootstrapped`);
}

/** The environment with the deploy role's policies of today, which are kept beside its targets. */
function withPolicies(environment: Environment, envs: string, isNarrowing: boolean): Environment {
  const { account, deployPolicies: before = [], name } = environment;
  if (account.deployPolicy.kind === "wide") {
    if (!isNarrowing) return environment;
    throw new UsageError(
      `--narrow has no effect where account.deployPolicy of ${name} is wide; leave it out`,
    );
  }
  const deployPolicies = generatedPolicies(environment, isNarrowing ? [] : before);
  const file = deployPoliciesFile(path.join(envs, name));
  const text = policiesText(deployPolicies);
  if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== text) {
    writeWhole(file, text);
    say(`wrote ${path.relative(process.cwd(), file)}; commit it: checks prove deploys by it`);
  }
  return { ...environment, deployPolicies };
}

function policiesText(policies: readonly DeployPolicy[]): string {
  const documents = policies.map(({ name, statements }) => [name, policyDocument(statements)]);
  return `${JSON.stringify(Object.fromEntries(documents), null, 2)}\n`;
}

function refuseTogether({ synthOnly, localState }: BootstrapOptions): void {
  if (localState && !synthOnly) {
    throw new UsageError(
      "--local-state goes with --synth-only; without it bootstrap finds out where the state is",
    );
  }
}

function refuseSilence({ yes, synthOnly }: BootstrapOptions): void {
  if (!synthOnly && !yes && !canAsk()) {
    throw new UsageError(
      "bootstrap asks before it applies, and nobody can answer here; add --yes, or run it on a terminal",
    );
  }
}
