import { table } from "../../text/columns";
import type { Command } from "commander";
import { environmentOf } from "../../fleet/environment";
import { loadFleet } from "../../fleet/load-fleet";
import { BootstrapRun } from "../deploy/bootstrap-run";
import { envsDir, loadOptions } from "../fleet-options";
import { UsageError } from "../report-error";
import { canAsk, print } from "../terminal";

interface BootstrapOptions {
  readonly yes?: boolean;
  readonly synthOnly?: boolean;
  readonly localState?: boolean;
}

export async function bootstrap(name: string, options: BootstrapOptions, command: Command): Promise<void> {
  refuseTogether(options);
  // No warnings of the fleet: they are about releases, which no account depends on.
  const run = new BootstrapRun(environmentOf(loadFleet(envsDir(command), loadOptions(command)), name));
  refuseSilence(options);
  if (options.synthOnly) return print(run.synthesize(options.localState ? "local" : "bucket"));
  const outputs = await run.apply(options.yes ?? false);
  print(table(Object.entries(outputs).map(([output, value]) => [output, value || "-"])));
  print(`${name}: bootstrapped`);
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
