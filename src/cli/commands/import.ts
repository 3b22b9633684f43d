import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { fromEksctl } from "../../import/eksctl/convert";
import type { Imported } from "../../import/imported";
import { importedFiles } from "../../import/write-target";
import { table } from "../../text/columns";
import { refuseEnvironmentName } from "../environment-name";
import { envsDir } from "../fleet-options";
import { print, printJson, say } from "../terminal";
import { writeValid } from "../write-valid";
import { inHalfAYear } from "./init";

interface ImportOptions {
  readonly environment: string;
  readonly account: string;
  readonly ipv6ApprovedBy?: string;
  readonly print?: boolean;
  readonly json?: boolean;
}

export function importEksctl(file: string, given: ImportOptions, command: Command): void {
  const { environment, account } = given;
  refuseEnvironmentName(environment, "--environment ");
  const today = new Date();
  const imported = fromEksctl(fs.readFileSync(file, "utf8"), file, {
    production: environment === "prod",
    account,
    ...(given.ipv6ApprovedBy !== undefined && {
      ipv6: { approvedBy: given.ipv6ApprovedBy, on: today.toISOString().slice(0, 10) },
    }),
  });
  const place = { environment, account, expires: inHalfAYear(today) };
  const files = importedFiles(imported.draft, place, inheritedRelease(envsDir(command), environment));
  const own = `${environment}/${imported.draft.region}.yaml`;
  if (given.print === true && given.json !== true) print((files[own] ?? "").trimEnd());
  else if (given.print !== true) write(command, files, own);
  if (given.json === true) printJson("import_eksctl", { notes: imported.notes, files });
  else tell(imported, file);
}

/** The release that a new target of an environment would have by the layers that are there. */
function inheritedRelease(envs: string, environment: string): string | undefined {
  const written = ["platform.yaml", `${environment}/environment.yaml`]
    .map((layer) => path.join(envs, layer))
    .filter((file) => fs.existsSync(file))
    .map((file) => parseDocument(fs.readFileSync(file, "utf8")).get("release"));
  return written.filter((release) => typeof release === "string").at(-1);
}

/** The target's file is new; those above it are left as they are where there are some. */
function write(command: Command, files: Readonly<Record<string, string>>, own: string): void {
  const envs = envsDir(command);
  const fresh = Object.entries(files).filter(
    ([name]) => name === own || !fs.existsSync(path.join(envs, name)),
  );
  writeValid(command, Object.fromEntries(fresh));
}

function tell({ notes }: Imported, file: string): void {
  const lost = notes.filter((each) => each.is === "lost").length;
  say(`${notes.length - lost} points differ, ${lost} are left out:`);
  say(
    table(
      notes.map(({ line, path: where, is, says }) => [`${path.basename(file)}:${line}`, is, where, says]),
    ),
  );
}
