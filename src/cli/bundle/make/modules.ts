import fs from "node:fs";
import path from "node:path";
import { linksOut } from "../../../bundle/files";
import type { BundledModule } from "../../../bundle/manifest";
import { downloadedModules, MODULES_DIR } from "../../../bundle/module-records";
import type { ModuleCall } from "../../../bundle/stack-needs";
import { runTerraform } from "../../deploy/run-terraform";
import { tellProgress } from "../../progress";
import { CommandFailure } from "../../report-error";
import type { BundleFolder } from "./bundle-folder";

/**
 * Brings modules and those that they call into the bundle: `terraform get` downloads them, from registries and Git alike, as its CLI
 * configuration says.
 *
 * @param pinned addresses of providers that stacks name, with their registries
 * @throws CommandFailure with Terraform's own words
 */
export async function bringModules(
  folder: BundleFolder,
  calls: readonly ModuleCall[],
  pinned: readonly string[],
): Promise<void> {
  const distinct = [...new Map(calls.map((call) => [`${call.source} ${call.version ?? ""}`, call])).values()];
  const known = distinct.map((call) => ({ call, module: priorModule(folder, call) }));
  const kept = known.flatMap(({ module }) => module ?? []);
  kept.flatMap(({ records }) => records).forEach((record) => folder.keep(record.package));
  const fresh = known
    .filter(({ module }) => module === undefined)
    .map(({ call }, index) => ({ ...call, name: `m${index}` }));
  const brought = fresh.length === 0 ? [] : await get(folder, fresh, pinned);
  folder.tell({ modules: [...kept, ...brought] });
}

/** Of an earlier run, where all of it is there. A source without a version may have moved on since. */
function priorModule(folder: BundleFolder, { source, version }: ModuleCall): BundledModule | undefined {
  const found = folder.prior?.modules.find((each) => each.source === source && each.version === version);
  if (found === undefined || version === undefined) return undefined;
  return found.records.every((record) => folder.has(record.package)) ? found : undefined;
}

async function get(
  folder: BundleFolder,
  calls: readonly ModuleCall[],
  pinned: readonly string[],
): Promise<readonly BundledModule[]> {
  tellProgress(`${calls.length} modules`);
  const scratch = folder.stage();
  const module = Object.fromEntries(
    calls.map(({ name, source, version }) => [name, { source, ...(version !== undefined && { version }) }]),
  );
  fs.writeFileSync(path.join(scratch, "main.tf.json"), JSON.stringify({ module }));
  const { status, stdout, stderr } = await runTerraform(scratch, ["get", "-no-color"]);
  if (status !== 0)
    throw new CommandFailure(`the modules can't be downloaded.\n${(stderr || stdout).trim()}`);
  const text = fs.readFileSync(path.join(scratch, MODULES_DIR, "modules.json"), "utf8");
  const { modules, packages } = downloadedModules(text, calls);
  await refuseUnpinned(scratch, pinned);
  for (const { from, to } of packages) {
    const [out] = linksOut(path.join(scratch, from)).filter((file) => !/(^|\/)\.git(\/|$)/.test(file));
    // Copied as what it leads to, it would carry a file of this machine into the bundle.
    if (out !== undefined)
      throw new CommandFailure(
        `${to} has ${out}, a link that leads out of the module; look at who made it, and take a version without it`,
      );
    const copy = path.join(folder.stage(), "copy");
    // What Git keeps of the history differs from clone to clone, and no module is read there.
    fs.cpSync(path.join(scratch, from), copy, {
      recursive: true,
      dereference: true,
      filter: (file) => path.basename(file) !== ".git",
    });
    folder.take(copy, to);
  }
  return modules;
}

/**
 * Every provider is brought at the version that a stack pins. One that only a module asks for would have none.
 *
 * @throws CommandFailure
 */
async function refuseUnpinned(scratch: string, pinned: readonly string[]): Promise<void> {
  const { status, stdout, stderr } = await runTerraform(scratch, ["providers"]);
  if (status !== 0)
    throw new CommandFailure(`what the modules need can't be told.\n${(stderr || stdout).trim()}`);
  const asked = [...stdout.matchAll(/provider\[([^\]]+)\]/g)].map(([, source = ""]) => source);
  const unpinned = [...new Set(asked)].filter((source) => !pinned.includes(source)).sort();
  if (unpinned.length === 0) return;
  throw new CommandFailure(
    `modules ask for ${unpinned.join(", ")}, and no stack pins a version; name one in the stack's required providers`,
  );
}
