import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listOf, member } from "./json";
import { type RegistryModule } from "./registry-modules";

/** Public downloads take seconds; this only ends a hanging connection. */
const timeoutMilliseconds = 300_000;

/**
 * Downloads one module with Terraform, from where Terraform's own settings (TF_CLI_CONFIG_FILE) say.
 *
 * @param workFolder an existing folder; the module goes below it
 * @returns the folder that holds the module's own files
 * @throws Error that names the module when Terraform is missing or cannot download it
 */
export function downloadModule(module: RegistryModule, workFolder: string, terraform: string): string {
  const folder = join(workFolder, module.name);
  mkdirSync(folder, { recursive: true });
  const block = { source: module.source, version: module.version };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: { [module.name]: block } }, null, 2));

  const { error, status, stderr } = spawnSync(terraform, ["get", "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, TF_DATA_DIR: ".terraform" },
    timeout: timeoutMilliseconds,
  });
  if (error !== undefined) throw new Error(cannotRun(terraform, error));
  if (status !== 0) throw new Error(cannotDownload(module, stderr));
  return moduleFolder(module, folder);
}

function moduleFolder(module: RegistryModule, folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, ".terraform/modules/modules.json"), "utf8"));
  const entry = listOf(member(manifest, "Modules")).find(
    (candidate) => member(candidate, "Key") === module.name,
  );
  const path = member(entry, "Dir");
  if (typeof path !== "string")
    throw new Error(cannotDownload(module, "Terraform's module manifest lacks it"));
  return join(folder, path);
}

function cannotRun(terraform: string, error: NodeJS.ErrnoException): string {
  return error.code === "ENOENT"
    ? `"${terraform}" was not found on the PATH: install Terraform, which downloads the modules`
    : `"${terraform} get" did not run: ${error.message}`;
}

function cannotDownload({ name, source, version }: RegistryModule, stderr: string): string {
  return (
    `module "${name}" (${source} ${version}) cannot be downloaded: ${firstError(stderr)} ` +
    `Without access to the public registry, let TF_CLI_CONFIG_FILE name a Terraform CLI configuration ` +
    `whose host block leads to an offline module registry.`
  );
}

/** Terraform's first error on one line, without the excerpt of the file that we wrote ourselves. */
function firstError(stderr: string): string {
  const first = stderr.split(/^Error: /m)[1] ?? stderr;
  const sentences = first
    .split(/\n\s*\n/)
    .filter((paragraph) => !/^\s*on \S+ line \d+/.test(paragraph))
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim().replace(/\.$/, ""))
    .filter((sentence) => sentence !== "");
  return `${sentences.join(". ")}.`;
}
