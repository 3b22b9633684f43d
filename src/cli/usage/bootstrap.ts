import { Command } from "commander";
import { lazily } from "./lazily";
import { withBundle } from "./with-bundle";
import { offlineOption } from "./shared-options";

export function bootstrapCommand(): Command {
  return new Command("bootstrap")
    .description("make what an account needs once: state bucket, deploy role, CI role (as an administrator)")
    .argument("<environment>", "for example prod")
    .option("-y, --yes", "apply without asking; needed where nobody can answer")
    .option("--synth-only", "only write the Terraform JSON")
    .option(
      "--narrow",
      "take from the deploy role what no target needs any more; without it policies only grow",
    )
    .addOption(offlineOption())
    .option("--local-state", "with --synth-only: for a first run, while the state bucket does not exist")
    .action(withBundle(lazily(async () => (await import("../commands/bootstrap")).bootstrap)));
}
