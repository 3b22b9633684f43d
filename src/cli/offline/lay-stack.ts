import fs from "node:fs";
import path from "node:path";
import { laidCharts } from "../../bundle/chart-override";
import { lockFileText, providersFor } from "../../bundle/lock-file";
import { BundleError } from "../../bundle/manifest";
import { installedModules, MODULES_DIR } from "../../bundle/module-records";
import { chartName, moduleName } from "../../bundle/needs";
import { OVERRIDE_FILE } from "../../synth/output/override-file";
import { type StackNeeds, stackNeeds } from "../../bundle/stack-needs";
import { clearStack } from "./clear-stack";
import type { OpenBundle } from "./open-bundle";

const STACK_FILE = "cdk.tf.json";
const LOCK_FILE = ".terraform.lock.hcl";
/** A CLI configuration by which Terraform takes providers from the bundle alone. */
const CLI_CONFIG = ".terraform/offline.tfrc";

/**
 * Lays what a stack downloads into its folder: modules as installed, charts by their path, providers by lock file and CLI
 * configuration. The stack's JSON stays as it is.
 *
 * @returns the CLI configuration, absolute
 * @throws BundleError where the bundle lacks something that the stack needs
 */
export function layStack(cwd: string, bundle: OpenBundle): string {
  const { root, manifest } = bundle;
  const needs = needsIn(cwd);
  const modules = installedModules(manifest.modules, needs.calls);
  const charts = laidCharts(manifest.charts, needs.charts);
  refuseMissing(bundle, needs, [
    ...modules.missing.map((call) => `module ${moduleName(call)}`),
    ...charts.missing.map((chart) => `chart ${chartName(chart)}`),
  ]);
  clearStack(cwd);
  fs.rmSync(path.join(cwd, MODULES_DIR), { recursive: true, force: true });
  fs.mkdirSync(path.join(cwd, MODULES_DIR), { recursive: true });
  for (const { from, to } of [...modules.copies, ...charts.copies])
    fs.cpSync(path.join(root, from), path.join(cwd, to), { recursive: true });
  fs.writeFileSync(path.join(cwd, MODULES_DIR, "modules.json"), modules.record);
  if (charts.override !== undefined) fs.writeFileSync(path.join(cwd, OVERRIDE_FILE), charts.override);
  const providers = providersFor(manifest.providers, needs.providers);
  fs.writeFileSync(path.join(cwd, LOCK_FILE), lockFileText(providers));
  const config = path.resolve(cwd, CLI_CONFIG);
  fs.writeFileSync(config, cliConfig(path.join(root, "providers")));
  return config;
}

/** Nothing but a backend, where there is no stack. */
function needsIn(cwd: string): StackNeeds {
  const file = path.join(cwd, STACK_FILE);
  return stackNeeds(fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {});
}

/** Terraform would look for what is missing in the network, and say so minutes later. */
function refuseMissing({ shown, manifest }: OpenBundle, needs: StackNeeds, others: readonly string[]): void {
  const providers = needs.providers.filter(
    ({ source, version }) =>
      !manifest.providers.some(
        (each) => each.version === version && (each.source === source || each.source.endsWith(`/${source}`)),
      ),
  );
  const missing = [...providers.map(({ source, version }) => `provider ${source} ${version}`), ...others];
  if (missing.length === 0) return;
  throw new BundleError(
    `${shown} has no ${[...new Set(missing)].join(", no ")}; make it again for this target: npx octarine bundle TARGET --out ${shown}`,
  );
}

/** Only the mirror: what it lacks is an error and not a download (Terraform CLI configuration, provider_installation). */
function cliConfig(mirror: string): string {
  return [
    "disable_checkpoint = true",
    "provider_installation {",
    `  filesystem_mirror {\n    path = ${JSON.stringify(mirror.split(path.sep).join("/"))}\n  }`,
    "}",
    "",
  ].join("\n");
}
