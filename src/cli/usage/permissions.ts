import { Command, Option } from "commander";
import { lazily } from "./lazily";
import { withForms } from "./shared-options";

export function permissionsCommand(): Command {
  const command = new Command("permissions")
    .description("prove what each identity of a target must call of AWS, and whether its policies let it")
    .argument("<target>", "for example prod/us-east-1")
    .option("--identity <name>", "this identity alone")
    .option("--for <action>", "these calls alone, allowed ones too: ec2:CreateVolume, 'kms:*'")
    .addOption(
      new Option(
        "--policy <identity>",
        "print policies of what the identity needs and no more, instead of the proof",
      )
        .choices(["deploy", "bootstrap"])
        .conflicts(["identity", "for", "format", "json"]),
    );
  return withForms(command, ["text", "json", "markdown"], "the proof").action(
    lazily(async () => (await import("../commands/permissions")).permissions),
  );
}
