import { commandPages } from "./commands/command-pages";
import { type CallsOfAccount } from "./components/aws-calls";
import { componentPages } from "./components/component-pages";
import { docsPages } from "./docs-pages";
import { homePage } from "./home-page";
import { keyPages } from "./keys/key-pages";
import type { SitePage } from "./site-page";

/** Every page of the site. `callsOf` reads what controllers call of AWS from all samples, which takes a while. */
export function sitePages(calls: () => readonly CallsOfAccount[]): SitePage[] {
  const docs = docsPages();
  return [homePage(), ...docs, ...keyPages(docs), ...commandPages(docs), ...componentPages(docs, calls())];
}
