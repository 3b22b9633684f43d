import { z } from "zod";
import { ExpectedError } from "../text/errors";

/** Of a folder that holds what deployments download; beside it in the folder. */
export const MANIFEST = "manifest.json";

/** A path in the folder: nothing that leads out of it, whoever wrote the manifest; a line's end would hide what comes after it. */
const inFolder = z
  .string()
  .regex(
    /^(?!.*(^|\/)\.{1,2}(\/|$))[^/\\\p{Cc}\u2028\u2029][^\\\p{Cc}\u2028\u2029]*[^/\\\p{Cc}\u2028\u2029]$/u,
  );
/** Names of module blocks from the outer to the inner, as Terraform joins them. */
const moduleKey = z.string().regex(/^([\w-]+(\.[\w-]+)*)?$/);
const version = z.string().regex(/^[\w.+-]+$/);

const moduleRecord = z.strictObject({
  /** Below the call; empty: what is called. */
  key: moduleKey,
  /** As Terraform writes it. */
  source: z.string(),
  version: version.optional(),
  /** Folder of the download that it lies in, and its own folder. */
  package: inFolder,
  folder: inFolder,
});

const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** False while a download goes on, or where one was interrupted. */
  complete: z.boolean(),
  /** The program that downloaded it: the other one looks under other names. */
  program: z.strictObject({ name: z.string(), version: z.string() }),
  targets: z.array(z.string()),
  platforms: z.array(z.string().regex(/^[a-z0-9]+_[a-z0-9]+$/)),
  providers: z.array(
    z.strictObject({
      /** With the registry's host. */
      source: z.string().regex(/^[\w.:-]+\/[\w-]+\/[\w-]+$/),
      version,
      /** For Terraform's lock file. */
      hashes: z.array(z.string().regex(/^\w+:[\w+/=]+$/)),
    }),
  ),
  modules: z.array(
    z.strictObject({
      /** As a stack calls it. */
      source: z.string(),
      version: z.string().optional(),
      records: z.array(moduleRecord),
    }),
  ),
  charts: z.array(
    z.strictObject({ repository: z.string(), name: z.string(), version: z.string(), file: inFolder }),
  ),
  /** SHA-256 of every file but the manifest. */
  files: z.record(inFolder, z.string().regex(/^[0-9a-f]{64}$/)),
});

export type BundleManifest = Readonly<z.output<typeof manifestSchema>>;
export type BundledProvider = BundleManifest["providers"][number];
export type BundledModule = BundleManifest["modules"][number];
export type ModuleRecord = z.output<typeof moduleRecord>;
export type BundledChart = BundleManifest["charts"][number];

/** A folder that is no bundle, or not the one that it was. */
export class BundleError extends ExpectedError {}

/** @throws BundleError */
export function readManifest(text: string, shown: string): BundleManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BundleError(`${shown} is not JSON; make the bundle again`);
  }
  const read = manifestSchema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = issue === undefined || issue.path.length === 0 ? "it" : issue.path.join(".");
  throw new BundleError(
    `${shown} is not the manifest of a bundle (${at}: ${issue?.message ?? "invalid"}); make the bundle again`,
  );
}

/** Lists in the order of names, so that the same content has the same bytes. */
export function manifestText(manifest: BundleManifest): string {
  const byText = <Item>(items: readonly Item[]): Item[] =>
    [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const files = Object.fromEntries(Object.entries(manifest.files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const sorted = {
    ...manifest,
    providers: byText(manifest.providers),
    modules: byText(manifest.modules),
    charts: byText(manifest.charts),
    files,
  };
  return `${JSON.stringify(sorted, null, 2)}\n`;
}
