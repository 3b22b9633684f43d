import { Command } from "commander";
import { type ReleaseName, releaseNames, releases } from "../../releases/releases";
import { awsCli } from "../refresh/aws-cli";
import { httpGet } from "../refresh/http";
import { refreshExitCode, refreshRelease } from "../refresh/refresh-release";
import { releaseName } from "../release-name";
import { refreshText, type ReleaseCheck } from "../refresh/refresh-text";
import { seconds } from "../refresh/seconds";
import { print, printJson, say } from "../terminal";

interface RefreshOptions {
  readonly region: string;
  readonly timeout: number;
  readonly json?: boolean;
}

export function refreshCommand(): Command {
  return new Command("refresh")
    .description(
      "check the pins against AWS and the chart repositories; changes nothing.\n" +
        "Exit code 0: all confirmed, 1: a pin is contradicted, 3: not everything could be reached",
    )
    .argument("[release]", "only this one, for example 2026.11")
    .option("--region <region>", "region in which AWS is asked", "us-east-1")
    .option("--timeout <seconds>", "wait so long for an answer", seconds, 20)
    .option("--json", "as JSON")
    .action(async (name: string | undefined, options: RefreshOptions) => {
      const checks = await refreshAll(name === undefined ? releaseNames : [releaseName(name)], options);
      if (options.json) printJson(checks);
      else print(refreshText(checks));
      process.exitCode = refreshExitCode(checks);
    });
}

async function refreshAll(names: readonly ReleaseName[], options: RefreshOptions): Promise<ReleaseCheck[]> {
  const publishers = { get: httpGet(options.timeout), aws: awsCli(options.region, options.timeout) };
  const all: ReleaseCheck[] = [];
  for (const release of names) {
    say(`release ${release}: asking AWS and the publishers`);
    const checks = await refreshRelease(releases[release], publishers);
    all.push(...checks.map((check) => ({ release, ...check })));
  }
  return all;
}
