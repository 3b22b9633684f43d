import { loadFleet } from "../../src/fleet/load-fleet";
import { html } from "../../src/text/html";
import { reportPage, reportSections } from "../../src/report/report";
import { htmlTable } from "../../src/report/table";
import { aTarget } from "../support/fixtures";
import { rowsOf, sectionOf, textOf } from "../support/page-text";

const target = aTarget();
const page = reportPage([target]);
const fleet = loadFleet("envs");
const whole = reportPage(fleet.targets, { fleet });
const all = (pattern: RegExp, text = whole) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");

describe("the page", () => {
  test("loads nothing from elsewhere and runs no script", () => {
    expect(whole).not.toMatch(/<script|<link|<iframe|<img|@import|\son\w+=|javascript:/i);
    // The namespace of SVG is a name; xmlns is the only place for an address.
    expect(all(/\b(?:src|href)="(?!#)([^"]*)"/g)).toEqual([]);
    expect(all(/url\((?!#)([^)]*)\)/g)).toEqual([]);
    expect(whole).toContain("default-src 'none'");
  });

  test("is the same every time", () => {
    expect(reportPage([aTarget()])).toBe(page);
  });

  test("has each id once, and links lead to one", () => {
    const ids = all(/\sid="([^"]+)"/g);
    const known = new Set(ids);
    expect(known.size).toBe(ids.length);
    expect(all(/href="#([^"]+)"/g).filter((id) => !known.has(id))).toEqual([]);
    expect(
      all(/aria-labelledby="([^"]+)"/g)
        .flatMap((each) => each.split(" "))
        .filter((id) => !known.has(id)),
    ).toEqual([]);
  });

  test("has one first heading, and no level is left out", () => {
    const levels = all(/<h([1-6])[ >]/g).map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test("every table has a caption and heads with a scope", () => {
    const tables = whole.match(/<table[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(0);
    expect(tables.filter((each) => !/^<table[^>]*>\s*<caption>\s*[^<\s]/.test(each))).toEqual([]);
    expect(all(/<th(?!ead)(?! scope="(?:col|row)")([^>]*)>/g)).toEqual([]);
  });

  test("every drawing has a title and a description", () => {
    const drawings = whole.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    // Network and stacks of each, the mesh of those that are in one, and ways that are not proved.
    const meshed = fleet.targets.filter(({ config }) => config.mesh !== undefined);
    expect(meshed.length).toBeGreaterThan(0);
    const ways = drawings.filter((each) => /aria-labelledby="[^"]*-way-\d+-/.test(each));
    expect(ways.length).toBe(all(/id="([^"]*-way-\d+-picture)-title"/g).length);
    expect(drawings.length - ways.length).toBe(2 * fleet.targets.length + meshed.length);
    expect(
      drawings.filter((each) => !/role="img"/.test(each) || !/<desc id="[^"]+">[^<]/.test(each)),
    ).toEqual([]);
  });

  test("every element that opens is closed", () => {
    for (const tag of [
      "section",
      "table",
      "tr",
      "td",
      "th",
      "dl",
      "div",
      "ul",
      "li",
      "svg",
      "g",
      "figure",
      "h2",
      "h3",
      "h4",
      "details",
      "summary",
      "p",
      "span",
    ]) {
      expect([tag, all(new RegExp(`<(${tag})[ >]`, "g")).length]).toEqual([
        tag,
        all(new RegExp(`</(${tag})\\s*>`, "g")).length,
      ]);
    }
  });

  test("follows the reader's colour scheme, and prints", () => {
    expect(page).toContain("prefers-color-scheme:dark");
    expect(page).toContain("@media print");
  });
});

describe("a target's part", () => {
  test("has every section that has something to say", () => {
    const headings = all(/<h2 id="[^"]+"[^>]*>([^<]*)</g, page);
    const titles = reportSections.map(({ title }) => title).filter((title) => title !== "Mesh");
    expect(headings).toEqual(titles);
  });

  test("takes further sections, and leaves out those with nothing to say", () => {
    const more = reportPage([target], {
      sections: [
        { id: "guardrails", title: "Guardrails", render: () => html`<p>all clear</p>` },
        { id: "silent", title: "Silent", render: () => undefined },
      ],
    });
    expect(more).toContain("<p>all clear</p>");
    expect(more).not.toContain("Silent");
  });
});

test("says in red where addresses are not enough", () => {
  const tooSmall = reportPage([aTarget("network: { subnets: { nodes: { prefix: 28 } } }")]);
  expect(sectionOf(tooSmall, "summary")).toContain('class="bad-text">not enough');
});

test("says errors of guardrails in red only where there are some", () => {
  expect(sectionOf(page, "summary")).toMatch(/<span class="(good-text)?">0 errors/);
});

test("states are a table: every stack, what it waits for, and the file of its state", () => {
  const rows = rowsOf(sectionOf(page, "stacks"), /in the order of their deployment$/);
  expect(rows.map(([stack = ""]) => stack.split(" ")[0])).toEqual(target.stacks);
  expect(rows.map(([, , state]) => state)).toEqual(target.stacks.map((stack) => `${stack}.tfstate`));
  expect(rows.find(([stack = ""]) => stack.startsWith("nodes"))?.[1]).toBe("cni");
  expect(textOf(sectionOf(page, "stacks"))).toContain(target.stateBucket);
});

describe("text from outside", () => {
  const hostile = `"><script>alert('x')</script>&`;

  test("is escaped in text and attributes", () => {
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">' +
        "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>",
    );
    expect(htmlTable(hostile, [{ name: hostile }], [{ cells: [hostile] }]).markup).not.toContain("<script");
  });

  test("of the config never becomes markup", () => {
    const evil = JSON.stringify(hostile);
    const yaml = `
cost: { source: ${evil}, prices: { natGatewayHour: 1 } }
versions: { cilium: { version: "1.18.99", reason: ${evil} } }
network: { endpoints: { additional: [bedrock-runtime] } }
`;
    const evilTarget = aTarget(yaml).with({ clusterName: hostile, name: hostile });

    expect(reportPage([evilTarget])).not.toMatch(/<script/);
  });
});
