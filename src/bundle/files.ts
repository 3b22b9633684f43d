import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { BundleError, type BundleManifest } from "./manifest";

/** SHA-256 of a file, read in parts: providers have hundreds of megabytes. */
export function sha256Of(file: string): string {
  const hash = createHash("sha256");
  const descriptor = fs.openSync(file, "r");
  try {
    const part = Buffer.alloc(1 << 20);
    for (let size = 1; size > 0;) {
      size = fs.readSync(descriptor, part);
      hash.update(part.subarray(0, size));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest("hex");
}

/** Files below a folder by their paths in it, in order; links are named as what they are, for the caller to refuse. */
export function filesBelow(root: string, folder = ""): string[] {
  const entries = fs.existsSync(path.join(root, folder))
    ? fs.readdirSync(path.join(root, folder), { withFileTypes: true })
    : [];
  return entries
    .flatMap((entry) => {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(root, name) : [name];
    })
    .sort();
}

/** Links below a folder that lead out of it, or nowhere, by their paths in it. Whoever follows them takes what is not the folder's. */
export function linksOut(root: string): string[] {
  const own = fs.realpathSync(root);
  return filesBelow(root).filter((file) => {
    if (!isLink(root, file)) return false;
    try {
      return !fs.realpathSync(path.join(root, file)).startsWith(own + path.sep);
    } catch {
      return true;
    }
  });
}

/** Whether a file is what a manifest says. */
export function isIntact(root: string, file: string, sha256: string | undefined): boolean {
  const there = fs.lstatSync(path.join(root, file), { throwIfNoEntry: false });
  return sha256 !== undefined && there?.isFile() === true && sha256Of(path.join(root, file)) === sha256;
}

/** A folder of the bundle that is a link is read where it leads, where more may lie than the manifest has. */
function isLink(root: string, file: string): boolean {
  return fs.lstatSync(path.join(root, file), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/**
 * Compares files of a bundle with its manifest: each that the manifest has, and none beside them, since Terraform reads whatever
 * lies in a module's folder.
 *
 * @param wanted which files are looked at, by their paths
 * @throws BundleError
 */
export function refuseOtherFiles(
  root: string,
  { files }: Pick<BundleManifest, "files">,
  wanted: (file: string) => boolean = () => true,
): void {
  const known = Object.keys(files).filter(wanted);
  const again = "; make the bundle again, or copy it again";
  for (const file of known) {
    if (!fs.existsSync(path.join(root, file)))
      throw new BundleError(`${path.join(root, file)} is missing${again}`);
    if (!isIntact(root, file, files[file]))
      throw new BundleError(`${path.join(root, file)} is not the file that the bundle was made with${again}`);
  }
  const listed = new Set(known);
  const more = filesBelow(root).find(
    (file) => (file.includes("/") || isLink(root, file)) && wanted(file) && !listed.has(file),
  );
  if (more !== undefined)
    throw new BundleError(
      `${path.join(root, more)} does not belong to the bundle; remove it, or make the bundle again`,
    );
}
