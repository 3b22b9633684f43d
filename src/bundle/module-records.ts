import path from "node:path";
import { z } from "zod";
import { packageOf } from "./module-source";
import type { BundledModule, ModuleRecord } from "./manifest";
import type { ModuleCall } from "./stack-needs";

/** Where Terraform keeps modules of a stack, and its record of them (Terraform 1.11, internal/modsdir, manifest.go). */
export const MODULES_DIR = ".terraform/modules";

const terraformRecord = z.object({
  Key: z.string(),
  Source: z.string(),
  Version: z.string().optional(),
  Dir: z.string(),
});
const terraformManifest = z.object({ Modules: z.array(terraformRecord) });
type TerraformRecord = z.output<typeof terraformRecord>;

/** A module that Terraform downloaded: where it lies, and where a bundle keeps it. */
export interface DownloadedPackage {
  /** Relative to the stack's folder. */
  readonly from: string;
  /** Relative to the bundle. */
  readonly to: string;
}

export interface DownloadedModules {
  readonly modules: readonly BundledModule[];
  readonly packages: readonly DownloadedPackage[];
}

/** Reads what `terraform get` made of calls, by its record. */
export function downloadedModules(text: string, calls: readonly ModuleCall[]): DownloadedModules {
  const all = terraformManifest.parse(JSON.parse(text)).Modules;
  const downloads = all.filter(({ Source }) => Source !== "" && packageOf(Source) !== undefined);
  const packages = downloads.map((each) => ({ from: `${MODULES_DIR}/${each.Key}`, to: bundlePath(each) }));
  const modules = calls.map(({ name, source, version }) => ({
    source,
    ...(version !== undefined && { version }),
    records: all
      .filter(({ Key }) => Key === name || Key.startsWith(`${name}.`))
      .map((each) => recordOf(each, name, packages)),
  }));
  return { modules, packages: onceByTo(packages) };
}

/** The download that a folder lies in: the one with the longest path, since a name may begin as another does. */
function recordOf(
  { Key, Source, Version, Dir }: TerraformRecord,
  call: string,
  packages: readonly DownloadedPackage[],
): ModuleRecord {
  const dir = path.posix.normalize(Dir);
  const found = packages
    .filter(({ from }) => dir === from || dir.startsWith(`${from}/`))
    .sort((a, b) => b.from.length - a.from.length)[0];
  if (found === undefined) throw new TypeError(`${Key} lies in ${Dir}, which no module was downloaded to`);
  return {
    key: Key.slice(call.length + 1),
    source: Source,
    ...(Version !== undefined && { version: Version }),
    package: found.to,
    folder: `${found.to}${dir.slice(found.from.length)}`,
  };
}

/** `modules/registry.terraform.io/terraform-aws-modules/eks/aws/21.11.0` */
function bundlePath({ Source, Version }: TerraformRecord): string {
  const name = packageOf(Source)?.package ?? Source;
  return ["modules", ...[...name.split("/"), ...(Version === undefined ? [] : [Version])].map(safe)]
    .filter(Boolean)
    .join("/");
}

/** A name that is a folder's on every system. */
function safe(name: string): string {
  return name.replaceAll(/[^\w.+-]/g, "_").replace(/^\.+$/, "_");
}

function onceByTo(packages: readonly DownloadedPackage[]): DownloadedPackage[] {
  return [...new Map(packages.map((each) => [each.to, each])).values()];
}

/** What is laid into a stack's folder so that `terraform init` finds every module installed. */
export interface InstalledModules {
  /** From the bundle to the stack's folder. */
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  /** Text of .terraform/modules/modules.json. */
  readonly record: string;
  /** Calls that the bundle does not have. */
  readonly missing: readonly ModuleCall[];
}

/**
 * The modules of a stack, as Terraform itself would have installed them: `init` keeps what its record names, where source and
 * version are those asked for (Terraform 1.11, internal/initwd, module_install.go).
 */
export function installedModules(
  bundled: readonly BundledModule[],
  calls: readonly ModuleCall[],
): InstalledModules {
  const found = calls.map((call) => ({
    call,
    module: bundled.find(({ source, version }) => source === call.source && version === call.version),
  }));
  const records = found.flatMap(({ call: { name }, module }) => {
    // A download is laid under the name that asked for it, and what lies in it comes after it.
    const places = new Map<string, string>();
    return [...(module?.records ?? [])]
      .sort((a, b) => depth(a.key) - depth(b.key))
      .map((each) => {
        const key = [name, each.key].filter(Boolean).join(".");
        const own = packageOf(each.source) === undefined ? places.get(parentOf(key)) : undefined;
        const place = own ?? `${MODULES_DIR}/${key}`;
        places.set(key, place);
        return { ...each, key, place };
      });
  });
  const copies = new Map(records.map((each) => [each.place, each.package]));
  const rows = records
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((each) => ({
      Key: each.key,
      Source: each.source,
      ...(each.version !== undefined && { Version: each.version }),
      Dir: `${each.place}${each.folder.slice(each.package.length)}`,
    }));
  return {
    copies: [...copies].map(([to, from]) => ({ from, to })),
    record: JSON.stringify({ Modules: [{ Key: "", Source: "", Dir: "." }, ...rows] }),
    missing: found.filter(({ module }) => module === undefined).map(({ call }) => call),
  };
}

const depth = (key: string): number => (key === "" ? 0 : key.split(".").length);

const parentOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf(".")));
