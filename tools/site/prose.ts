import { type SitePage, titleOf } from "./site-page";

const DOCS_FILE = /\(?\bdocs\/([\w/-]+\.md)\)?/g;

/** A sentence that was not written as Markdown, on a page two folders down: no marks of its own, and links to pages of docs. */
export function prose(text: string, docs: readonly SitePage[]): string {
  return text
    .replace(/\s+/g, " ")
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 0 ? linked(part.replace(/[*_[\]\\]/g, "\\$&"), docs) : part))
    .join("");
}

function linked(text: string, docs: readonly SitePage[]): string {
  return text.replace(DOCS_FILE, (whole, at: string) => {
    const page = docs.find(({ path }) => path === at);
    if (page === undefined) return whole;
    const link = `[${titleOf(page)}](../../${at})`;
    return whole.startsWith("(") ? `(${link})` : link;
  });
}

/** With a capital letter, and an end. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.:)]$/.test(text) ? "" : "."}`;
}
