import { Command } from "commander";
import { lazily } from "./lazily";
import { outFolder } from "./out-folder";

export function synthCommand(): Command {
  return new Command("synth")
    .description("write the Terraform JSON of targets; folders of other targets stay as they are")
    .argument("[target...]", "targets (prod/us-east-1) or environments (prod); all if none is named")
    .option("-o, --out <dir>", "output folder", outFolder, "cdktf.out")
    .option(
      "--check",
      "write nothing; exit with 1 where the folder is not what would be written, and say where",
    )
    .option("--force", "synthesize even where nothing changed since the folder was written")
    .option("--json", "what was written, or with --check what would be, as JSON")
    .action(lazily(async () => (await import("../commands/synth")).synth));
}
