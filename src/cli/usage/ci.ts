import { Command } from "commander";
import { lazily } from "./lazily";

export function ciCommand(): Command {
  return new Command("ci")
    .description("make the files that a CI needs to plan and deploy the targets")
    .addCommand(
      fileCommand("github", "a GitHub Actions workflow: .github/workflows/octarine.yml").action(
        lazily(async () => (await import("../commands/ci")).github),
      ),
    )
    .addCommand(
      fileCommand("atlantis", "the atlantis.yaml of the repository's root").action(
        lazily(async () => (await import("../commands/ci")).atlantis),
      ),
    );
}

function fileCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("-o, --out <file>", "write to a file")
    .option("--check <file>", "write nothing; fail if the file is not up to date");
}
