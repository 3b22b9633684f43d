import { type ReleaseName, releaseNames } from "../../releases/names";
import { releases } from "../../releases/releases";
import { awsCli } from "../refresh/aws-cli";
import { httpGet } from "../refresh/http";
import { refreshExitCode, refreshRelease } from "../refresh/refresh-release";
import { releaseName } from "../release-name";
import { refreshText, type ReleaseCheck } from "../refresh/refresh-text";
import { print, printJson, say } from "../terminal";

interface RefreshOptions {
  readonly region: string;
  readonly timeout: number;
  readonly json?: boolean;
}

export async function refreshReleases(name: string | undefined, options: RefreshOptions): Promise<void> {
  const checks = await refreshAll(name === undefined ? releaseNames : [releaseName(name)], options);
  if (options.json) printJson("release_refresh", checks);
  else print(refreshText(checks));
  process.exitCode = refreshExitCode(checks);
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
