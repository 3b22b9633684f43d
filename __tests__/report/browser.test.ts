import fs from "node:fs";
import path from "node:path";
import { reportPage } from "../../src/report/report";
import { Browser, browserTest } from "../support/browser";
import { aFolder, aTarget } from "../support/fixtures";

const folder = aFolder({
  "report.html": reportPage([
    aTarget(`
cluster: { endpoint: { kind: restricted-public, cidrs: [203.0.113.0/24], reason: partners deploy from outside } }
network: { subnets: { nodes: { prefix: 28 } } }
`),
  ]),
});
const file = path.join(folder, "report.html");
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function withPage(use: (page: Browser) => Promise<void>): Promise<void> {
  const page = await Browser.open(file);
  try {
    await use(page);
  } finally {
    await page.close();
  }
}

browserTest("a browser asks for the file and nothing else, and has nothing to complain of", () =>
  withPage(async (page) => {
    expect(await page.evaluate("document.querySelectorAll('section').length")).toBeGreaterThan(5);
    expect(page.requests).toEqual([`file://${file}`]);
    expect(page.complaints).toEqual([]);
  }),
);

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

browserTest(
  "a screen reader finds landmarks, and a name for every heading, table, picture, link and region",
  () =>
    withPage(async (page) => {
      const { nodes } = await page.send<{ nodes: readonly AxNode[] }>("Accessibility.getFullAXTree");
      const seen = nodes.filter(({ ignored }) => !ignored);
      const of = (...roles: readonly string[]) =>
        seen.filter(({ role }) => roles.includes(role?.value ?? ""));

      for (const role of ["main", "navigation", "table", "image", "heading", "link", "region"]) {
        expect([role, of(role).length > 0]).toEqual([role, true]);
      }
      const named = of(
        "table",
        "image",
        "heading",
        "link",
        "region",
        "navigation",
        "figure",
        "DisclosureTriangle",
      );
      expect(of("DisclosureTriangle").length).toBeGreaterThan(5);
      expect(
        named.filter(({ name }) => (name?.value ?? "").trim() === "").map(({ role }) => role?.value),
      ).toEqual([]);
      // Groups are pictures, and folds, which have the name of their summary.
      expect(await page.evaluate("document.querySelectorAll('[role=group]:not([aria-label])').length")).toBe(
        0,
      );
    }),
);

browserTest("the keyboard reaches the skip link first, which then shows, and whatever scrolls", () =>
  withPage(async (page) => {
    await page.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    expect(await page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")).toBe(true);
    await page.press("Enter");
    expect(await page.evaluate("location.hash")).toBe("#content");

    const scrolling = `[...document.querySelectorAll("*")].filter((each) =>
      each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === "auto" && each.tabIndex < 0).length`;
    expect(await page.evaluate(scrolling)).toBe(0);
  }),
);

const NARROW = { width: 360, height: 800, deviceScaleFactor: 1, mobile: false };
const OPEN_ALL = "document.querySelectorAll('details').forEach((each) => (each.open = true))";

browserTest("a narrow window scrolls tables and pictures, not the page, whatever is unfolded", () =>
  withPage(async (page) => {
    await page.send("Emulation.setDeviceMetricsOverride", NARROW);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  }),
);

browserTest("a narrow window's page is short until somebody unfolds it", () =>
  withPage(async (page) => {
    await page.send("Emulation.setDeviceMetricsOverride", NARROW);
    expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(20_000);
  }),
);

browserTest("a picture that is wider than the window says that it goes on, and one that fits does not", () =>
  withPage(async (page) => {
    const said = `[...document.querySelectorAll("figure")].map((figure) => [
      figure.scrollWidth > figure.clientWidth, getComputedStyle(figure.querySelector(".goes-on")).display !== "none"])`;
    for (const width of [360, 1440]) {
      await page.send("Emulation.setDeviceMetricsOverride", { ...NARROW, width });
      const pictures = await page.evaluate<(readonly [boolean, boolean])[]>(said);
      expect(pictures.length).toBeGreaterThan(0);
      expect(pictures[0]).toEqual([width === 360, width === 360]);
      expect(pictures.filter(([wider, says]) => wider !== says)).toEqual([]);
    }
  }),
);

browserTest("a link to a part that is folded unfolds it", () =>
  withPage(async (page) => {
    await page.evaluate("document.querySelector('#dev-us-east-1-cost details').id = 'folded'");
    const inside = "document.querySelector('#folded li')";
    await page.evaluate(`${inside}.id = 'inside'`);
    await page.evaluate("location.hash = '#inside'");
    expect(await page.evaluate("document.querySelector('#folded').open")).toBe(true);
  }),
);

/** Text whose contrast with what is behind it is below 4.5 (WCAG 2.2, 1.4.3), as `text: ratio`. */
const FAINT = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (channels(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *:not(svg *)")].flatMap((element) => {
    const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
    if (own === "" || element.tagName === "STYLE") return [];
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    return ratio < 4.5 ? [own + ": " + ratio.toFixed(2)] : [];
  });
})()`;

browserTest("text stands out from its ground in the light and in the dark scheme", () =>
  withPage(async (page) => {
    const grounds: string[] = [];
    for (const value of ["light", "dark"]) {
      await page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
      expect(await page.evaluate<string[]>(FAINT)).toEqual([]);
      grounds.push(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
    expect(new Set(grounds).size).toBe(2);
  }),
);

const onPaper = (page: Browser, scheme = "light") =>
  page.send("Emulation.setEmulatedMedia", {
    media: "print",
    features: [{ name: "prefers-color-scheme", value: scheme }],
  });

browserTest("prints, without the links that paper can't follow", () =>
  withPage(async (page) => {
    const { data } = await page.send<{ data: string }>("Page.printToPDF");
    expect(Buffer.from(data, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    await onPaper(page);
    expect(await page.evaluate("getComputedStyle(document.querySelector('nav')).display")).toBe("none");
    const wide =
      "[...document.querySelectorAll('.table')].filter((each) => getComputedStyle(each).overflowX !== 'visible').length";
    expect(await page.evaluate(wide)).toBe(0);
  }),
);

browserTest("the first printed page has the verdict, the figures and the first open points", () =>
  withPage(async (page) => {
    // A4 without its margins, at 96 pixels an inch.
    await page.send("Emulation.setDeviceMetricsOverride", { ...NARROW, width: 688, height: 1002 });
    await onPaper(page);
    const bottom = (selector: string) =>
      page.evaluate<number>(`document.querySelector("${selector}").getBoundingClientRect().bottom`);
    expect(await bottom(".verdict")).toBeLessThan(250);
    expect(await bottom(".groups")).toBeLessThan(650);
    expect(await bottom("[id$=-open] .items > li")).toBeLessThan(1002);
    const breaks = `[...document.querySelectorAll("section")].filter((each) => getComputedStyle(each).breakBefore !== "auto").length`;
    expect(await page.evaluate(breaks)).toBe(0);
  }),
);

browserTest(
  "on paper folds with text are open, pictures stay with their headings, and colours are light",
  () =>
    withPage(async (page) => {
      await onPaper(page, "dark");
      expect(
        await page.evaluate(
          "document.querySelector('[id$=-cost] details.print li').getBoundingClientRect().height",
        ),
      ).toBeGreaterThan(0);
      expect(
        await page.evaluate(
          "[...document.querySelectorAll('section > figure')].map((each) => getComputedStyle(each.parentElement).breakInside)",
        ),
      ).toContain("avoid");
      expect(await page.evaluate("getComputedStyle(document.querySelector('h2')).breakAfter")).toBe("avoid");
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.evaluate("getComputedStyle(document.querySelector('.diagram-box')).fill")).toBe(
        "rgb(255, 255, 255)",
      );
    }),
);

browserTest(
  "a long table says at the end of a printed page that it goes on, and has its name on the next",
  () =>
    withPage(async (page) => {
      await onPaper(page);
      const shown = (selector: string) =>
        page.evaluate<string>(
          `(() => { const row = document.querySelector("[id$=-cost] .long ${selector} .paper"); return getComputedStyle(row).display + " " + row.textContent.trim(); })()`,
        );
      expect(await shown("tfoot")).toBe("table-row continues on the next page");
      expect(await shown("thead")).toMatch(/^table-row USD a month in us-east-1.*: \d+ rows$/);
      // Browsers repeat both; the last foot is covered, for nothing follows it.
      const covered = `getComputedStyle(document.querySelector(".long"), "::after").marginTop`;
      expect(parseFloat(await page.evaluate(covered))).toBeLessThan(0);
      await page.send("Emulation.setEmulatedMedia", { media: "screen" });
      expect(await shown("tfoot")).toMatch(/^none/);
    }),
);
