import path from "node:path";

/** Root of the repository. */
export const root = path.join(__dirname, "..", "..");

/** A page of the site, as Markdown. */
export interface SitePage {
  /** Below the site's root: `components/karpenter.md`. */
  readonly path: string;
  readonly text: string;
  /** The file of the repository that it is, where it is one. */
  readonly from?: string;
}

/** The text of a page's first heading, without markup. */
export function titleOf({ text, path: at }: SitePage): string {
  const heading = /^# (.+)$/m.exec(text)?.[1] ?? path.basename(at, ".md");
  return heading.replace(/`/g, "");
}
