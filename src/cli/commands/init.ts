import fs from "node:fs";
import path from "node:path";
import { version } from "../../../package.json";
import { partitionOf, regions as known } from "../../facts/regions";
import { type CiSystem, ciFiles, ciSystems } from "../../ci/system-names";
import { ciWriters } from "../../ci/systems";
import { loadFleet } from "../../fleet/load-fleet";
import { releaseNames } from "../../releases/names";
import { type Choices, cnis, egresses, sizes } from "../../scaffold/choices";
import {
  isRecord,
  mergedFields,
  packageFields,
  projectFiles,
  withoutPlaceholders,
} from "../../scaffold/project-files";
import { ciAccount, hostKind } from "../../scaffold/remote";
import { targetFiles } from "../../scaffold/target-files";
import { present } from "../../text/errors";
import { listed } from "../../text/listed";
import { unknownName } from "../../text/nearest";
import { environmentNameProblem, refuseEnvironmentName } from "../environment-name";
import { ciOptions } from "../project/ci-options";
import { type GitRemote, gitRemote } from "../project/git-remote";
import { UsageError } from "../report-error";
import { ask, canAsk, print, say, warn } from "../terminal";

interface InitOptions {
  readonly ci?: CiChoice;
  readonly account?: string;
  readonly environment?: string;
  readonly region?: readonly string[];
  readonly cni?: Choices["cni"];
  readonly egress?: Choices["egress"];
  readonly size?: Choices["size"];
  readonly yes?: boolean;
}

/** Begins a repository in a folder. Every file is new, but package.json, which `npm install` may have made: it gets what it lacks. */
export async function init(dir: string, options: InitOptions): Promise<void> {
  const remote = gitRemote(dir);
  const { ci, ...choices } = await choicesOf(options, remote);
  refuseUnfit(choices);
  const ciFile = ci === "none" ? [] : [ciFiles[ci]];
  const files = {
    ...targetFiles(choices, newestRelease(), inHalfAYear(new Date())),
    ...projectFiles(choices),
  };
  const there = [...Object.keys(files), ...ciFile].filter((file) => fs.existsSync(path.join(dir, file)));
  if (there.length > 0)
    throw new UsageError(
      `${listed(there.map((file) => path.join(dir, file)))} ${there.length > 1 ? "are" : "is"} there already, and init overwrites nothing; name another folder${there.some((file) => ciFile.some((each) => each === file)) ? ", or add --ci none" : ""}`,
    );
  const manifest = manifestOf(dir);
  for (const [file, content] of Object.entries({ ...files, "package.json": json(manifest) })) {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    fs.writeFileSync(path.join(dir, file), content);
    print(path.join(dir, file));
  }
  if (ci !== "none") writeCiFile(dir, ci, remote);
  else if (options.ci === undefined)
    say("no CI files: the git remote names none; npx octarine ci --help says how to make them");
  if (manifest.type !== "module")
    warn(
      `${path.join(dir, "package.json")} says "type": ${JSON.stringify(manifest.type)} and stays so; npx cdktf synth and octarine.config.ts need "module"`,
    );
  if (isRecord(manifest.dependencies) && manifest.dependencies.octarine === version)
    say(
      `package.json names octarine@${version}, which npm asks its registry for; where that has none, install the file that npm pack made`,
    );
  const [region = ""] = choices.regions;
  say(
    `wrote ${choices.environment}/${region}; next: ${dir === "." ? "" : `cd ${quoted(dir)}, `}npm install, npm test, npx octarine synth`,
  );
}

/** The package.json of a folder with what it lacks. */
function manifestOf(dir: string): Record<string, unknown> {
  const file = path.join(dir, "package.json");
  const given = fs.existsSync(file) ? readJson(file) : {};
  const main = typeof given.main === "string" ? given.main : "index.js";
  return mergedFields(
    withoutPlaceholders(given, fs.existsSync(path.join(dir, main))),
    packageFields(installedFrom(dir)),
  );
}

/**
 * Where npm gets this program from for a folder: as the folder that one stands in does, a packed file for example; of a bare version npm would
 * ask its registry, whose package of that name may be anybody's.
 */
function installedFrom(dir: string): string {
  const here = fs.existsSync("package.json") ? readJson("package.json") : {};
  const octarine = [here.dependencies, here.devDependencies]
    .map((all) => isRecord(all) && all.octarine)
    .find(Boolean);
  if (typeof octarine !== "string") return version;
  const [, file] = /^file:(.+)$/.exec(octarine) ?? [];
  if (file === undefined || path.isAbsolute(file)) return octarine;
  return `file:${path.relative(dir, file).split(path.sep).join("/")}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A path as a shell takes it. */
function quoted(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

type CiChoice = CiSystem | "none";

/** From the files that are there by now, as the command makes it again. */
function writeCiFile(dir: string, system: CiSystem, remote: GitRemote | undefined): void {
  const options = ciOptions(system, { branch: remote?.branch ?? "main" }, "envs");
  const { text, remarks } = ciWriters[system](loadFleet(path.join(dir, "envs")), options);
  const file = path.join(dir, ciFiles[system]);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  print(file);
  remarks.forEach(warn);
}

/** What was given; what was not is asked on a terminal, and the default elsewhere. */
async function choicesOf(
  options: InitOptions,
  remote: GitRemote | undefined,
): Promise<Choices & { readonly ci: CiChoice }> {
  const asks = options.yes !== true && canAsk();
  const choose = async <T extends string>(
    given: T | undefined,
    question: string,
    fallback: T | undefined,
    problemOf: (answer: string) => string | undefined,
  ): Promise<T> => {
    if (given !== undefined || !asks) return given ?? (fallback as T);
    for (;;) {
      const answer = await ask(`${question}${fallback === undefined ? "" : ` [${fallback}]`}: `);
      if (answer === undefined) throw new UsageError("nothing was written");
      if (answer === "" && fallback !== undefined) return fallback;
      const problem = problemOf(answer);
      if (problem === undefined) return answer as T;
      say(problem);
    }
  };
  const chooseOf = <T extends string>(
    given: T | undefined,
    question: string,
    fallback: T,
    of: readonly T[],
  ) =>
    choose(given, `${question} (${of.join(", ")})`, fallback, (answer) =>
      of.some((each) => each === answer) ? undefined : unknownName(answer, "one of the choices", of),
    );
  if (options.account === undefined && !asks)
    throw new UsageError("--account is required: the 12 digits of the AWS account, for example 111122223333");
  const account = await choose(options.account, "AWS account (12 digits)", undefined, accountProblem);
  const environment = await choose(options.environment, "First environment", "dev", environmentNameProblem);
  const region = await choose(options.region?.join(","), "Regions, by commas", "us-east-1", (answer) =>
    regionsProblem(namesOf(answer)),
  );
  const host = remote && hostKind(remote);
  const ci = await chooseOf<CiChoice>(options.ci, "CI", host ?? "none", [...ciSystems, "none"]);
  return {
    account,
    environment,
    ci,
    // Whatever runs Terraform, the host is that of the repository; a server such as Atlantis has a role of its own.
    ...(remote &&
      host === ci && {
        ciAccount: ciAccount(host, remote, {
          environment,
          branch: remote.branch,
          isReviewed: environment === "prod",
        }),
      }),
    regions: namesOf(region),
    cni: await chooseOf(options.cni, "Network of pods", "cilium-eni", cnis),
    egress: await chooseOf(
      options.egress,
      "Way to the internet",
      "nat-per-zone",
      // Of one zone it would need a reason in writing (refuseUnfit).
      egresses.filter((each) => environment !== "prod" || each !== "nat-single"),
    ),
    size: await chooseOf(options.size, "Size", "small", sizes),
  };
}

function regionsProblem(regions: readonly string[]): string | undefined {
  if (regions.length === 0 || regions.length > 8) return "--region: name at least one region, and at most 8";
  const unknown = regions.find((region) => !Object.hasOwn(known, region));
  return unknown && unknownName(unknown, "a region with EKS", Object.keys(known));
}

function namesOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

function accountProblem(account: string): string | undefined {
  return /^\d{12}$/.test(account) ? undefined : "an account has 12 digits, for example 111122223333";
}

function refuseUnfit({ environment, regions, egress }: Choices): void {
  refuseEnvironmentName(environment, "--environment ");
  const problem = regionsProblem(regions);
  if (problem !== undefined) throw new UsageError(problem);
  const partitions = new Set(regions.map((each) => partitionOf(each)));
  if (partitions.size > 1)
    throw new UsageError(
      `an account is in one partition; ${listed(regions)} are in ${listed([...partitions])}: begin with the regions of one`,
    );
  if (environment === "prod" && egress === "nat-single")
    throw new UsageError(
      "nat-single in production needs a reason in writing; choose nat-per-zone, or change network.egress afterwards",
    );
}

function readJson(file: string): Record<string, unknown> {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch {
    throw new UsageError(`${file} is not JSON; mend it or name another folder`);
  }
}

function newestRelease(): string {
  return present(releaseNames.at(-1), "the newest release");
}

/** By then somebody has looked at the waivers. */
export function inHalfAYear(today: Date): string {
  return new Date(today.getTime() + 182 * 24 * 60 * 60 * 1000).toISOString().slice(0, "YYYY-MM-DD".length);
}
