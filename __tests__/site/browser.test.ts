import fs from "node:fs";
import path from "node:path";
import { Browser, withoutBrowser } from "../support/browser";
import { testUnless } from "../support/missing-tools";
import { SITE_FOLDER, serveSite } from "../support/serve-site";

const missing = fs.existsSync(path.join(SITE_FOLDER, "index.html"))
  ? withoutBrowser
  : "there is no site (npm --prefix website ci && npm run site)";
const siteTest = (name: string, body: (() => void) | (() => Promise<void>)) =>
  testUnless(missing, name, body, 300_000);

const files = missing === undefined ? fs.readdirSync(SITE_FOLDER, { recursive: true, encoding: "utf8" }) : [];
const pages = files.filter((file) => file.endsWith(".html")).map((file) => file.split(path.sep).join("/"));

const LOADED = "location.href !== 'about:blank' && document.readyState === 'complete'";

interface Open {
  readonly page: Browser;
  readonly url: string;
  /** Loads a page of the site, and waits until its script has taken it over. */
  readonly go: (at: string) => Promise<void>;
  readonly resize: (width: number) => Promise<void>;
}

async function withSite(use: (open: Open) => Promise<void>): Promise<void> {
  const { url, close } = await serveSite();
  const page = await Browser.open(url);
  const resize = async (width: number) => {
    const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 };
    await page.send("Emulation.setDeviceMetricsOverride", metrics);
  };
  const go = async (at: string) => {
    await page.send("Page.navigate", { url: `${url}${at}` });
    // Asked again and again, since a page whose script is off tells nobody.
    while (!(await page.evaluate<boolean>(LOADED))) await new Promise((done) => setTimeout(done, 20));
  };
  try {
    await use({ page, url, go, resize });
  } finally {
    await page.close();
    close();
  }
}

const WIDTHS = [390, 1440];

/** Files of the repository are one page like another; a few of them stand for all. */
const measured = pages.filter((each) => !each.startsWith("files/") || /regulated|authorize/.test(each));

siteTest("no page is wider than a phone or a desktop, and tables and blocks scroll by themselves", () =>
  withSite(async ({ page, go, resize }) => {
    // What is laid out is there without the script, and much faster.
    await page.send("Emulation.setScriptExecutionDisabled", { value: true });
    const wide: string[] = [];
    for (const each of measured) {
      await go(each);
      for (const width of WIDTHS) {
        await resize(width);
        const has = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (has > width) wide.push(`${each}: ${has} of ${width}`);
      }
    }
    expect(measured.length).toBeGreaterThan(120);
    expect(wide).toEqual([]);
  }),
);

siteTest(
  "a browser asks for the site's own files alone, below the path it was built for, and complains of nothing",
  () =>
    withSite(async ({ page, url, go }) => {
      for (const each of ["index.html", "start.html", "reference/keys/network.html", "architecture.html"])
        await go(each);
      const others = page.requests.filter((asked) => !asked.startsWith(url) && !asked.startsWith("data:"));

      expect(others).toEqual([]);
      expect(page.requests.length).toBeGreaterThan(10);
      expect(page.complaints).toEqual([]);
    }),
);

siteTest("no page names a script, a style, a font or a picture of another place", () => {
  const foreign = pages.flatMap((each) => {
    const text = fs.readFileSync(path.join(SITE_FOLDER, each), "utf8");
    const loaded = text.matchAll(
      /<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)="((?:https?:)?\/\/[^"]*)"/g,
    );
    return [...loaded].map(([, url]) => `${each}: ${url}`);
  });
  const styles = files.filter((file) => file.endsWith(".css"));
  const fonts = styles.filter((file) =>
    /url\(["']?(https?:)?\/\//.test(fs.readFileSync(path.join(SITE_FOLDER, file), "utf8")),
  );

  expect([...foreign, ...fonts]).toEqual([]);
});

siteTest("the search finds a key by its words, in the browser alone", () =>
  withSite(async ({ page, go, resize }) => {
    for (const width of WIDTHS) {
      await resize(width);
      await go("start.html");
      await page.evaluate("new Promise((done) => setTimeout(done, 500))");
      await page.evaluate("document.querySelector('.VPNavBarSearch button').click()");
      await page.evaluate(until("document.querySelector('.VPLocalSearchBox input') !== null"));
      await page.send("Input.insertText", { text: "prefix delegation" });
      await page.evaluate(until("document.querySelectorAll('.VPLocalSearchBox .result').length > 3"));
      const first = "document.querySelector('.VPLocalSearchBox .result').textContent.replace(/\\s+/g, ' ')";
      expect(await page.evaluate(first)).toContain("cni.prefixDelegation");
    }
  }),
);

const until = (condition: string) =>
  `new Promise((done, fail) => { let left = 100; const look = () => ${condition} ? done() : left-- > 0 ? setTimeout(look, 100) : fail(new Error("never")); look(); })`;

siteTest("text has a contrast of 4.5 in light and in dark, where it is not disabled", () =>
  withSite(async ({ page, go, resize }) => {
    await resize(1440);
    const faint: string[] = [];
    for (const each of ["start.html", "reference/keys/cni.html", "reference/commands/synth.html"]) {
      for (const dark of [false, true]) {
        await go(each);
        await page.evaluate(`document.documentElement.classList.toggle("dark", ${dark})`);
        // Colours change slowly.
        await page.evaluate("new Promise((done) => setTimeout(done, 1200))");
        faint.push(
          ...(await page.evaluate<string[]>(FAINT)).map((text) => `${each}${dark ? " dark" : ""}: ${text}`),
        );
      }
    }
    expect([...new Set(faint)]).toEqual([]);
  }),
);

/** Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3), as `text: ratio`. */
const FAINT = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const over = ([r, g, b, a = 1], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const chain = [];
    for (let each = element; each; each = each.parentElement) chain.unshift(getComputedStyle(each).backgroundColor);
    return chain.map(channels).reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (text === "" || box.width < 2 || style.visibility === "hidden" || element.closest("[aria-hidden], .visually-hidden, style, script, .header-anchor, .copy")) continue;
    let shown = 1;
    for (let each = element; each; each = each.parentElement) shown *= Number(getComputedStyle(each).opacity);
    if (shown < 0.1) continue;
    const back = behind(element);
    const [a, b] = [light(over(channels(style.color), back)), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.push(text.slice(0, 40) + ": " + ratio.toFixed(2));
  }
  return [...new Set(found)].slice(0, 20);
})()`;
