import fs from "node:fs";
import path from "node:path";
import { defineConfig } from "vitepress";
import { anchorOf } from "../../tools/site/anchor";

const pages = path.join(import.meta.dirname, "..", "pages");
const navigation = JSON.parse(fs.readFileSync(path.join(pages, "navigation.json"), "utf8"));

/** Everything is in the site's own files: nothing is fetched, and it works at any path (SITE_BASE) of any web server. */
export default defineConfig({
  lang: "en",
  title: "Octarine",
  description: "One YAML file per environment and region becomes the Terraform of a production EKS platform.",
  base: process.env.SITE_BASE ?? "/",
  srcDir: "pages",
  outDir: "dist",
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: {
    // Pages are plain Markdown: what looks like a tag, a moustache, an attribute or an emoji is text.
    html: false,
    linkify: false,
    attrs: { disable: true },
    anchor: { slugify: anchorOf },
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
    config(md) {
      md.disable("emoji");
      const { escapeHtml } = md.utils;
      md.renderer.rules.text = (tokens, index) =>
        escapeHtml(tokens[index]?.content ?? "")
          .replaceAll("{{", "&#123;&#123;")
          .replace(/&lt;br ?\/?&gt;/g, "<br>");
    },
  },
  themeConfig: {
    search: {
      provider: "local",
      options: {
        miniSearch: {
          options: {
            // `prefixDelegation` is found by "prefix delegation", and as one word.
            tokenize: (text) =>
              text
                .split(/[\n\r\p{Z}\p{P}]+/u)
                .flatMap((word) => [
                  word,
                  ...(/[a-z][A-Z]/.test(word) ? word.split(/(?<=[a-z])(?=[A-Z])/) : []),
                ]),
          },
        },
      },
    },
    nav: navigation.nav,
    sidebar: navigation.sidebar,
    outline: [2, 3],
    externalLinkIcon: false,
  },
});
