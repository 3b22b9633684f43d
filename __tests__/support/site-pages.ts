import { sitePages } from "../../tools/site/pages";
import type { SitePage } from "../../tools/site/site-page";

/** Pages of the site, without what controllers call of AWS in all samples, which takes a while to read. */
export const site: readonly SitePage[] = sitePages(() => []);

/** Those that are made, and no file of docs. */
export const made: readonly SitePage[] = site.filter(({ from }) => from === undefined);
