import { type SitePage, titleOf } from "./site-page";

/** The pages of docs that say most of something, as links from a page two folders down. */
export function mentionsOf(docs: readonly SitePage[], what: RegExp, most = 4): string[] {
  return docs
    .filter(({ path: at }) => !/^(adr|howto|files)\/|^(changelog|contributing)\.md$|index\.md$/.test(at))
    .map((page) => ({ page, count: page.text.match(what)?.length ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.page.path < b.page.path ? -1 : 1))
    .slice(0, most)
    .map(({ page }) => `[${titleOf(page)}](../../${page.path})`);
}
