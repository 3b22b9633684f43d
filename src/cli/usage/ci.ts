import { Command, InvalidArgumentError } from "commander";
import { type CiSystem, ciFiles } from "../../ci/system-names";
import { lazily } from "./lazily";

export function ciCommand(): Command {
  return new Command("ci")
    .description("make the files that a CI needs to check, plan and deploy the targets")
    .addCommand(withJobOptions(fileCommand("github", "a GitHub Actions workflow")))
    .addCommand(withJobOptions(fileCommand("gitlab", "a GitLab pipeline")))
    .addCommand(fileCommand("atlantis", "projects of an Atlantis server"));
}

function fileCommand(system: CiSystem, description: string): Command {
  return new Command(system)
    .description(`${description}: ${ciFiles[system]}`)
    .option("-o, --out <file>", "write to a file")
    .option("--check <file>", "write nothing; fail if the file is not up to date")
    .action(lazily(async () => (await import("../commands/ci")).ci(system)));
}

function withJobOptions(command: Command): Command {
  return command
    .option("--branch <name>", "the branch that is deployed", branch, "main")
    .option("--shards <n>", "machines that synthesize and judge a part of the targets each", shards, 1)
    .option("--committed", "cdktf.out is in Git: fail where it is not what synth writes")
    .option("--no-deploy", "leave plans of changes and deployments to others, such as Atlantis");
}

function branch(name: string): string {
  if (!/^[\w][\w./-]*$/.test(name)) throw new InvalidArgumentError("write a branch's name, for example main");
  return name;
}

function shards(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 100)
    throw new InvalidArgumentError("write how many machines there are, from 1 to 100");
  return count;
}
