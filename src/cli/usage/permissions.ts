import { Command, Option } from "commander";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function permissionsCommand(): Command {
  const command = new Command("permissions")
    .description("prove what each identity of a target must call of AWS, and whether its policies let it")
    .argument("<target>", "for example prod/us-east-1")
    .option("--identity <name>", "only this identity")
    .option("--for <action>", "only these calls, also those that are allowed: ec2:CreateVolume, 'kms:*'")
    .addOption(
      new Option(
        "--policy <identity>",
        "print policies that allow what the identity needs and nothing more, instead of the proof",
      )
        .choices(["deploy", "bootstrap"])
        .conflicts(["identity", "for"]),
    );
  return withForms(command, ["text", "json", "markdown"], "the proof").action(
    lazily(async () => (await import("../commands/permissions")).permissions),
  );
}
