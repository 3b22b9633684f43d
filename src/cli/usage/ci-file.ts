import { Command, InvalidArgumentError } from "commander";
import { type CiSystem, ciFiles } from "../../ci/system-names";

const described: Readonly<Record<CiSystem, string>> = {
  github: "a GitHub Actions workflow",
  gitlab: "a GitLab pipeline",
  atlantis: "projects of an Atlantis server",
};

/** The command of a CI's file, with what it takes and nothing that it does: made files say by it how they were made. */
export function ciFileCommand(system: CiSystem): Command {
  const command = new Command(system)
    .description(`${described[system]}: ${ciFiles[system]}`)
    .option("-o, --out <file>", "write to a file")
    .option("--check <file>", "write nothing; fail if the file is not up to date");
  return system === "atlantis" ? command : withJobOptions(command);
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
