import { Command, InvalidArgumentError, Option } from "commander";
import { ciSystems } from "../../ci/system-names";
import { cnis, egresses, sizes } from "../../scaffold/choices";
import { lazily } from "./lazily";

export function initCommand(): Command {
  return new Command("init")
    .description(
      "begin a repository: envs, package.json, cdktf.json, files for a CI and settings of editors; overwrites nothing",
    )
    .argument("[dir]", "folder, made if it is not there", ".")
    .addOption(new Option("--account <id>", "AWS account of the first environment").argParser(account))
    .option("--environment <name>", "name of the first environment (default: dev)")
    .option("--region <region...>", "regions of its targets (default: us-east-1)")
    .addOption(new Option("--cni <kind>", "network of pods (default: cilium-eni)").choices(cnis))
    .addOption(new Option("--egress <kind>", "way to the internet (default: nat-per-zone)").choices(egresses))
    .addOption(new Option("--size <size>", "zones and nodes (default: small)").choices(sizes))
    .addOption(
      new Option("--ci <system>", "CI that gets its files (default: that of the git remote)").choices([
        ...ciSystems,
        "none",
      ]),
    )
    .option("-y, --yes", "ask nothing; what is not given is the default")
    .action(lazily(async () => (await import("../commands/init")).init));
}

export function account(id: string): string {
  if (!/^\d{12}$/.test(id))
    throw new InvalidArgumentError("an account has 12 digits, for example 111122223333");
  return id;
}
