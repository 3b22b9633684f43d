import path from "node:path";

/** Files of the repository beside docs that are pages of the site, by where they are there. */
export const pageOfFile: Readonly<Record<string, string>> = {
  "README.md": "index.md",
  "CONTRIBUTING.md": "contributing.md",
  "CHANGELOG.md": "changelog.md",
  "SECURITY.md": "reporting.md",
};

/** Parts of the README that the site has a page for. */
const pageOfPart: Readonly<Record<string, string>> = {
  "README.md#what-runs-in-the-cluster": "reference/components/index.md",
};

/** Where a file of the repository is on the site: pages at its root, every other file below `files`. */
export function sitePath(file: string): string {
  if (pageOfFile[file] !== undefined) return pageOfFile[file];
  // A folder's page is its index.
  if (file.startsWith("docs/")) return file.slice("docs/".length).replace(/^[^.]+$/, "$&/index.md");
  return `files/${file}.md`;
}

const LINK = /(\]\()(?![a-z]+:|#)([^)\s]+)(\))/g;

/** The links of a page, led from where its file is in the repository to where they are on the site. */
export function rewriteLinks(text: string, file: string, found: (file: string) => void): string {
  const from = path.posix.dirname(sitePath(file));
  return text.replace(LINK, (_, open: string, link: string, close: string) => {
    const [target = "", hash] = link.split("#");
    const linked = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
    const part = pageOfPart[`${linked}#${hash ?? ""}`];
    const to = part ?? sitePath(linked);
    if (to.startsWith("files/")) found(linked);
    const relative = path.posix.relative(from, to);
    const shown = relative.startsWith(".") ? relative : `./${relative}`;
    return `${open}${shown}${hash === undefined || part !== undefined ? "" : `#${hash}`}${close}`;
  });
}
