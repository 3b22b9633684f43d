import fs from "node:fs";
import path from "node:path";
import { filesBelow, isIntact, sha256Of } from "../../../bundle/files";
import { type BundleManifest, MANIFEST, manifestText, readManifest } from "../../../bundle/manifest";
import { UsageError } from "../../report-error";
import { tellProgress } from "../../progress";
import { writeWhole } from "../../write-whole";

/**
 * A folder that is being filled. Whatever arrives is made in a folder of its own and moved when it is whole; the manifest says what is
 * there, so that a run that was interrupted goes on where it ended.
 */
export class BundleFolder {
  /** As an earlier run left it; only what is intact. */
  readonly prior: BundleManifest | undefined;
  private readonly files = new Map<string, string>();
  private readonly staging: string;

  constructor(
    readonly root: string,
    private manifest: Omit<BundleManifest, "files" | "complete">,
  ) {
    this.prior = this.intact();
    fs.mkdirSync(root, { recursive: true });
    for (const name of fs.readdirSync(root)) {
      if (/^\.part-/.test(name)) fs.rmSync(path.join(root, name), { recursive: true, force: true });
    }
    this.staging = fs.mkdtempSync(path.join(root, ".part-"));
  }

  /** @throws UsageError where the folder holds something else */
  private intact(): BundleManifest | undefined {
    const file = path.join(this.root, MANIFEST);
    if (!fs.existsSync(file)) {
      const others = fs.existsSync(this.root)
        ? fs.readdirSync(this.root).filter((name) => !name.startsWith(".part-"))
        : [];
      if (others.length === 0) return undefined;
      throw new UsageError(`${this.root} holds something else than a bundle; name an empty or a new folder`);
    }
    const prior = readManifest(fs.readFileSync(file, "utf8"), file);
    tellProgress(`looking at what ${this.root} holds`);
    const files = Object.entries(prior.files).filter(([name, hash]) => isIntact(this.root, name, hash));
    return { ...prior, files: Object.fromEntries(files) };
  }

  /** An empty folder for something to be made in. */
  stage(): string {
    return fs.mkdtempSync(path.join(this.staging, "x"));
  }

  /** Whether all files that an earlier run had below a path are there as they were. */
  has(folder: string): boolean {
    const known = Object.keys(this.prior?.files ?? {}).filter((file) => isAt(file, folder));
    const there = filesBelow(this.root).filter((file) => isAt(file, folder));
    return known.length > 0 && known.length === there.length;
  }

  /** Takes over what `has` found. */
  keep(folder: string): void {
    for (const [file, hash] of Object.entries(this.prior?.files ?? {})) {
      if (isAt(file, folder)) this.files.set(file, hash);
    }
  }

  /** Moves a file or folder to its place. */
  take(from: string, to: string): void {
    const place = path.join(this.root, to);
    const at = fs.statSync(from);
    const names = at.isDirectory() ? filesBelow(from).map((file) => `${to}/${file}`) : [to];
    fs.rmSync(place, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.renameSync(from, place);
    for (const name of names) this.files.set(name, sha256Of(path.join(this.root, name)));
    this.write(false);
  }

  /** Says more of what is there. */
  tell(more: Partial<Pick<BundleManifest, "providers" | "modules" | "charts">>): void {
    this.manifest = { ...this.manifest, ...more };
    this.write(false);
  }

  /** Removes what this run did not need, and says that all is there. */
  finish(): BundleManifest {
    fs.rmSync(this.staging, { recursive: true, force: true });
    for (const file of filesBelow(this.root)) {
      if (file !== MANIFEST && !this.files.has(file)) fs.rmSync(path.join(this.root, file), { force: true });
    }
    removeEmpty(this.root);
    return this.write(true);
  }

  /** Leaves what arrived for the next run. */
  abandon(): void {
    fs.rmSync(this.staging, { recursive: true, force: true });
  }

  private write(complete: boolean): BundleManifest {
    // What a run before had and this one did not come to yet stays known until the end.
    const files = complete
      ? this.files
      : new Map([...Object.entries(this.prior?.files ?? {}), ...this.files]);
    const manifest: BundleManifest = { ...this.manifest, complete, files: Object.fromEntries(files) };
    writeWhole(path.join(this.root, MANIFEST), manifestText(manifest));
    return manifest;
  }
}

function isAt(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

function removeEmpty(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const below = path.join(folder, entry.name);
    removeEmpty(below);
    if (fs.readdirSync(below).length === 0) fs.rmdirSync(below);
  }
}
