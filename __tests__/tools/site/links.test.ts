import path from "node:path";
import { anchorOf } from "../../../tools/site/anchor";
import { homeLinks } from "../../../tools/site/home-page";
import { navigationOf } from "../../../tools/site/navigation";
import { outsideCode, outsideFences } from "../../../tools/site/outside-fences";
import { importsPicture, IMPORTS_PICTURE } from "../../../tools/site/pictures";
import type { SitePage } from "../../../tools/site/site-page";
import { site } from "../../support/site-pages";

const byPath = new Map(site.map((page) => [page.path, page]));

/** Fragments that headings of a page have on the site: the second one of a name gets a number. */
function anchorsOf({ text }: SitePage): Set<string> {
  const anchors = new Set<string>();
  outsideFences(text, (prose) => {
    for (const [, heading = ""] of prose.matchAll(/^#{1,6} (.+)$/gm)) {
      const anchor = anchorOf(heading);
      let unique = anchor;
      for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
      anchors.add(unique);
    }
    return "";
  });
  return anchors;
}

const anchors = new Map(site.map((page) => [page.path, anchorsOf(page)]));

function lostLinks(page: SitePage): string[] {
  const lost: string[] = [];
  outsideCode(page.text, (prose) => {
    for (const [, link = ""] of prose.matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)) {
      const [target = "", hash] = link.split("#");
      const to = target === "" ? page.path : path.posix.join(path.posix.dirname(page.path), target);
      const isThere = byPath.has(to) || ["report.png", IMPORTS_PICTURE].includes(to);
      if (!isThere || (hash !== undefined && anchors.get(to)?.has(hash) !== true)) lost.push(link);
    }
    return prose;
  });
  return lost;
}

test("every link of every page leads to a page of the site, and to a heading of it", () => {
  expect(site.flatMap((page) => lostLinks(page).map((link) => `${page.path}: ${link}`))).toEqual([]);
});

test("a link that leads nowhere is found", () => {
  const page = {
    path: "start.md",
    text: "[a](./concepts.md#nothing) [b](nowhere.md) [c](concepts.md#target)",
  };

  expect(lostLinks(page)).toEqual(["./concepts.md#nothing", "nowhere.md"]);
});

const fileOf = (link: string) =>
  `${link
    .slice(1)
    .replace(/#.*/, "")
    .replace(/\/$|^$/, "$&index")}.md`;

test("the home page and the navigation lead to pages", () => {
  const { nav, sidebar } = navigationOf(site);
  const entries = [...nav, ...Object.values(sidebar).flat()];
  const links = entries.flatMap(({ link, items = [] }) => [link, ...items.map((each) => each.link)]);
  const files = [...homeLinks, ...links].flatMap((link) => (link === undefined ? [] : [fileOf(link)]));

  expect(files.filter((file) => !byPath.has(file))).toEqual([]);
});

test("every page of docs is in the navigation, or in the index of its folder", () => {
  const { sidebar } = navigationOf([...site, { path: "new.md", text: "# New" }]);
  const listed = (sidebar["/"] ?? []).flatMap(({ items = [] }) => items.map(({ link }) => link));
  const found = site.filter(({ path: at }) => {
    const folder = path.posix.dirname(at);
    const index = byPath.get(`${folder}/index.md`)?.text ?? "";
    return (
      listed.includes(`/${at.replace(/(index)?\.md$/, "")}`) ||
      index.includes(`./${path.posix.basename(at)})`)
    );
  });
  const others = site.filter(
    (page) => !found.includes(page) && !/^(files|reference)\/|^index/.test(page.path),
  );

  expect(others.map(({ path: at }) => at)).toEqual([]);
  // What nobody has sorted is there, too.
  expect(listed).toContain("/new");
});

test("no two pages have one title in the same folder", () => {
  const titles = site.map(
    ({ path: at, text }) => `${path.posix.dirname(at)}: ${/^# (.*)$/m.exec(text)?.[1]}`,
  );

  expect(titles.filter((each, index) => titles.indexOf(each) !== index)).toEqual([]);
});

test("a page has a picture where docs have Mermaid, which browsers don't draw", () => {
  expect(site.filter(({ text }) => text.includes("```mermaid")).map(({ path: at }) => at)).toEqual([]);
  expect(importsPicture()).toMatch(/^<svg[^]*>config<[^]*<\/svg>/);
});
