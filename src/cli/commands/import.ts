import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { foundInAccount } from "../../import/account/convert";
import { fromEksctl } from "../../import/eksctl/convert";
import type { FoundSomewhere } from "../../import/found/found";
import type { Imported } from "../../import/imported";
import type { Note } from "../../import/notes";
import type { ImportOptions } from "../../import/options";
import { draftOf } from "../../import/settings/target";
import { foundInProject } from "../../import/terraform/convert";
import { importedFiles } from "../../import/write-target";
import type { Live } from "../../live/question";
import { recorded } from "../../live/recorded";
import { recorder } from "../../live/recorder";
import { tools } from "../../live/tools";
import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import { refuseEnvironmentName } from "../environment-name";
import { envsDir } from "../fleet-options";
import { textOfNamed } from "../named-path";
import { UsageError } from "../report-error";
import { print, printJson, say } from "../terminal";
import { writeValid } from "../write-valid";
import { inHalfAYear } from "./init";

interface ResultOptions {
  readonly environment: string;
  readonly account?: string;
  readonly ipv6ApprovedBy?: string;
  readonly print?: boolean;
  readonly json?: boolean;
}

interface EksctlOptions extends ResultOptions {
  readonly account: string;
}

interface TerraformOptions extends ResultOptions {
  readonly keepVpc?: boolean;
  readonly region?: string;
  readonly cluster?: string;
}

interface ClusterOptions extends ResultOptions {
  readonly keepVpc?: boolean;
  readonly region: string;
  readonly profile?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly collect?: string;
  readonly from?: string;
}

export function importEksctl(file: string, given: EksctlOptions, command: Command): void {
  refuseEnvironmentName(given.environment, "--environment ");
  const imported = fromEksctl(textOfNamed(file), file, importOptions(given, given.account));
  const delivered = deliver(imported, given, given.account, command);
  if (given.json === true) printJson("import_eksctl", delivered);
}

export function importTerraformPlan(file: string, given: TerraformOptions, command: Command): void {
  refuseEnvironmentName(given.environment, "--environment ");
  const found = foundInProject(textOfNamed(file), file, given);
  const delivered = deliverFound(found, file, given, command);
  if (given.json === true) printJson("import_terraform-plan", delivered);
}

export async function importCluster(name: string, given: ClusterOptions, command: Command): Promise<void> {
  refuseEnvironmentName(given.environment, "--environment ");
  const { live, asksCluster } = answering(given);
  const found = await foundInAccount(live, { cluster: name, region: given.region, asksCluster });
  const delivered = deliverFound(found, name, given, command);
  if (given.json === true) printJson("import_cluster", delivered);
}

/** The tools, or a folder with their answers. */
function answering({ from, collect, kubeconfig, context, region, profile }: ClusterOptions): {
  readonly live: Live;
  readonly asksCluster: boolean;
} {
  if (from !== undefined) {
    const live = recorded(from);
    return { live, asksCluster: live.entries.some(({ command }) => command.startsWith("kubectl ")) };
  }
  const live = tools({
    region,
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    ...(profile !== undefined && { env: { AWS_PROFILE: profile } }),
  });
  return {
    live: collect === undefined ? live : recorder(live, collect),
    asksCluster: kubeconfig !== undefined || context !== undefined,
  };
}

function deliverFound(
  { found, at, notes }: FoundSomewhere,
  source: string,
  given: ResultOptions & { readonly keepVpc?: boolean },
  command: Command,
): Delivered {
  const account = given.account ?? found.account;
  if (account === undefined)
    throw new UsageError(`${source} does not tell the account; give it by --account, 12 digits`);
  const draft = draftOf(found, at, {
    ...importOptions(given, account),
    environment: given.environment,
    keepsVpc: given.keepVpc === true,
    keepsCluster: false,
  });
  return deliver({ draft, notes: notes() }, given, account, command);
}

function importOptions(given: ResultOptions, account: string): ImportOptions {
  return {
    production: given.environment === "prod",
    account,
    ...(given.ipv6ApprovedBy !== undefined && {
      ipv6: { approvedBy: given.ipv6ApprovedBy, on: new Date().toISOString().slice(0, 10) },
    }),
  };
}

interface Delivered {
  readonly notes: readonly Note[];
  readonly files: Readonly<Record<string, string>>;
}

/** Writes or prints the files, and tells what differs where it is not asked for as JSON. */
function deliver(imported: Imported, given: ResultOptions, account: string, command: Command): Delivered {
  const { environment } = given;
  const place = { environment, account, expires: inHalfAYear(new Date()) };
  const files = importedFiles(imported.draft, place, inheritedRelease(envsDir(command), environment));
  const own = `${environment}/${imported.draft.region}.yaml`;
  if (given.print === true && given.json !== true) print((files[own] ?? "").trimEnd());
  else if (given.print !== true) write(command, files, { own, environment, account });
  if (given.json !== true) tell(imported.notes, command.args[0] ?? "");
  return { notes: imported.notes, files };
}

/** The release that a new target of an environment would have by the layers that are there. */
function inheritedRelease(envs: string, environment: string): string | undefined {
  const written = layersOf(envs, environment).map(({ document }) => document.get("release"));
  return written.filter((release) => typeof release === "string").at(-1);
}

/**
 * A target has its environment's account, whoever's what was read is: its roles would be refused one by one, and nothing would say why.
 *
 * @throws UsageError
 */
function refuseOtherAccount(envs: string, environment: string, account: string): void {
  for (const { file, document } of layersOf(envs, environment)) {
    const id = document.getIn(["account", "id"]);
    if (typeof id === "string" && id !== account)
      throw new UsageError(
        `${environment} is of account ${id} (${file}), and this is of ${account}; name another --environment, or give --account ${id} for a target that is to be there`,
      );
  }
}

function layersOf(envs: string, environment: string) {
  return ["platform.yaml", `${environment}/environment.yaml`]
    .map((layer) => path.join(envs, layer))
    .filter((file) => fs.existsSync(file))
    .map((file) => ({ file, document: parseDocument(fs.readFileSync(file, "utf8")) }));
}

interface Written {
  /** The target's own file. */
  readonly own: string;
  readonly environment: string;
  readonly account: string;
}

/** The target's file is new; those above it are left as they are where there are some. */
function write(
  command: Command,
  files: Readonly<Record<string, string>>,
  { own, environment, account }: Written,
): void {
  const envs = envsDir(command);
  refuseOtherAccount(envs, environment, account);
  const fresh = Object.entries(files).filter(
    ([name]) => name === own || !fs.existsSync(path.join(envs, name)),
  );
  writeValid(command, Object.fromEntries(fresh));
}

function tell(notes: readonly Note[], file: string): void {
  const lost = notes.filter((each) => each.is === "lost").length;
  if (notes.length === 0) return say("nothing differs");
  say(`${counted(notes.length, "point")} where it differs: ${notes.length - lost} changed, ${lost} lost`);
  say(
    table(
      notes.map(({ line, where, path: within, is, says }) =>
        line === undefined
          ? [where ?? file, is, within, says]
          : [`${path.basename(file)}:${line}`, is, within, says],
      ),
    ),
  );
}
