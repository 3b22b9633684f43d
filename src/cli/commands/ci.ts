import fs from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { atlantisYaml } from "../../ci/atlantis";
import { githubWorkflow } from "../../ci/github-workflow";
import type { Fleet } from "../../config/target";
import { checkedFleet, envsDir } from "../fleet-options";
import { CommandFailure, UsageError } from "../report-error";
import { print, say, warn } from "../terminal";

interface CiOptions {
  readonly out?: string;
  readonly check?: string;
}

export function ciCommand(): Command {
  return new Command("ci")
    .description("make the files that a CI needs to plan and deploy the targets")
    .addCommand(
      fileCommand("github", "a GitHub Actions workflow: .github/workflows/octarine.yml", (fleet, envs) => {
        const { yaml, remarks } = githubWorkflow(fleet, envs);
        remarks.forEach(warn);
        return yaml;
      }),
    )
    .addCommand(fileCommand("atlantis", "the atlantis.yaml of the repository's root", atlantisYaml));
}

function fileCommand(
  name: string,
  description: string,
  make: (fleet: Fleet, envs: string) => string,
): Command {
  return new Command(name)
    .description(description)
    .option("-o, --out <file>", "write to a file")
    .option("--check <file>", "write nothing; fail if the file is not up to date")
    .action(({ out, check }: CiOptions, command: Command) => {
      const text = make(checkedFleet(command), relativeEnvs(envsDir(command)));
      if (check !== undefined) return compare(name, check, text);
      if (out === undefined) return print(text.trimEnd());
      fs.mkdirSync(path.dirname(out), { recursive: true });
      fs.writeFileSync(out, text);
      say(`wrote ${out}`);
    });
}

/** The folder as jobs in a checkout see it; no path of this machine gets into the file. */
function relativeEnvs(dir: string): string {
  const relative = path.relative(process.cwd(), dir);
  if (relative.startsWith("..") || path.isAbsolute(relative)) {
    throw new UsageError(`--envs ${dir} is outside of this folder; run this in the root of the repository`);
  }
  return relative.split(path.sep).join("/");
}

function compare(name: string, file: string, text: string): void {
  const there = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  if (there !== text) {
    throw new CommandFailure(`${file} is not up to date; run octarine ci ${name} --out ${file}`);
  }
  print(`${file} is up to date`);
}
