import { loadFleet } from "../../src/config/load-fleet";
import { dataAsOf } from "../../src/facts/as-of";
import { html, htmlTable } from "../../src/report/html";
import { reportPage, reportSections } from "../../src/report/report";
import { targetVerdict } from "../../src/synth/target-report";
import { aTarget } from "../support/fixtures";

const target = aTarget();
const page = reportPage([target]);
const fleet = loadFleet("envs");
const whole = reportPage(fleet.targets, { fleet });
const all = (pattern: RegExp, text = whole) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");

describe("the page", () => {
  test("asks for nothing from elsewhere and runs no script", () => {
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
    const tables = whole.match(/<table>[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(0);
    expect(tables.filter((each) => !/^<table>\s*<caption>[^<]/.test(each))).toEqual([]);
    expect(all(/<th(?!ead)(?! scope="(?:col|row)")([^>]*)>/g)).toEqual([]);
  });

  test("every drawing has a title and a description", () => {
    const drawings = whole.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    // Network, stacks, states and capacity of each; and the mesh of those that are in one.
    const meshed = fleet.targets.filter(({ config }) => config.mesh !== undefined);
    expect(meshed.length).toBeGreaterThan(0);
    expect(drawings.length).toBe(4 * fleet.targets.length + meshed.length);
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
      "h3",
      "h4",
    ]) {
      expect([tag, all(new RegExp(`<(${tag})[ >]`, "g")).length]).toEqual([
        tag,
        all(new RegExp(`</(${tag})>`, "g")).length,
      ]);
    }
  });

  test("follows the reader's colour scheme, and prints", () => {
    expect(page).toContain("prefers-color-scheme:dark");
    expect(page).toContain("@media print");
  });
});

describe("a target's part", () => {
  test("has every section", () => {
    const headings = all(/<h3 id="[^"]+">([^<]*)</g, page);
    expect(headings).toEqual(reportSections.map(({ title }) => title));
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

  test("says what does not fit, with the remedy", () => {
    const small = reportPage([aTarget("network: { subnets: { nodes: { prefix: 28 } } }")]);
    expect(small).toContain('class="bad">not enough');
    expect(small).toContain("Problems and remedies");
  });
});

describe("guardrails and readiness", () => {
  const WAIVERS = `
cluster: { endpoint: { kind: restricted-public, cidrs: [203.0.113.0/24], reason: partners deploy from outside } }
waivers:
  - { rule: EKS-ENDPOINT-PUBLIC, at: cluster.endpoint, reason: the VPN is coming, owner: edge-team, expires: 2027-03-31 }
  - { rule: NET-FLOW-LOGS, at: network.flowLogs, reason: never needed, owner: edge-team, expires: 2027-03-31 }
  - { rule: IP-CAPACITY-SUBNET, at: network, reason: a larger range is ordered, owner: network-team, expires: 2027-03-31 }
`;
  const at = (asOf: string) => reportPage([aTarget(WAIVERS)], { asOf });
  /** Cells of a table's rows, without markup. */
  const rowsOf = (text: string, caption: string) => {
    const table = (text.match(/<table>[\s\S]*?<\/table>/g) ?? []).find((each) =>
      new RegExp(`<caption>\\s*${caption}\\s*<`).test(each),
    );
    return [...(table ?? "").matchAll(/<tr>([\s\S]*?)<\/tr>/g)]
      .slice(1)
      .map(([, row = ""]) => row.split(/<\/t[dh]>/).map((cell) => cell.replace(/<[^>]*>/g, "").trim()));
  };

  test("a waiver is there with its reason, its owner, its last day and what it waives", () => {
    const [used, idle, addresses] = rowsOf(at("2026-11-21"), "Waivers");

    expect(used?.slice(0, 5)).toEqual([
      "EKS-ENDPOINT-PUBLIC",
      "cluster.endpoint",
      "the VPN is coming",
      "edge-team",
      "2027-03-31",
    ]);
    expect(used?.[5]).toMatch(/^target\.yaml:2, dev-us-east-1-cluster\//);
    expect(idle?.[5]).toBe("nothing: unused");
    expect(addresses?.[5]).toBe("see IP capacity");
  });

  test("after its last day it waives nothing, and the finding is an error with its remedy", () => {
    const ended = at("2027-04-01");

    expect(rowsOf(ended, "Waivers")[0]?.[5]).toBe("nothing: it has ended");
    expect(rowsOf(ended, "Findings")).toContainEqual([
      expect.stringMatching(/^EKS-ENDPOINT-PUBLIC: The Kubernetes API has no public endpoint/),
      "error",
      expect.stringMatching(/^target\.yaml:2, dev-us-east-1-cluster\//),
      "has a public endpoint",
      expect.stringMatching(/^the waiver of edge-team ended on 2027-03-31; /),
      "",
    ]);
    expect(ended).toContain('class="bad">1 error,');
  });

  test("a target without findings and waivers says so", () => {
    expect(page).toContain("<p>Findings: none.</p>");
    expect(page).toContain("<p>Waivers: none.</p>");
  });

  test("every item of both checklists is there with its status and all of its evidence", () => {
    const shown = [
      ...rowsOf(page, "EKS networking readiness"),
      ...rowsOf(page, "Enterprise networking checklist"),
    ];
    const { items } = targetVerdict(target, () => dataAsOf).readiness;

    expect(shown.map(([item, , status, , evidence]) => [item, status, evidence])).toEqual(
      items.map(({ number, asks, status, evidence }) => [
        html`${`${number}. ${asks}`}`.markup,
        status,
        html`${evidence.join(", ")}`.markup,
      ]),
    );
  });
});

describe("text from outside", () => {
  const hostile = `"><script>alert('x')</script>&`;

  test("is escaped in text and attributes", () => {
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">' +
        "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>",
    );
    expect(htmlTable(hostile, [hostile], [[hostile]]).markup).not.toContain("<script");
  });

  test("of the config never becomes markup", () => {
    const evil = JSON.stringify(hostile);
    const yaml = `
cost: { source: ${evil}, prices: { natGatewayHour: 1 } }
versions: { cilium: { version: "1.18.99", reason: ${evil} } }
network: { endpoints: { additional: [bedrock-runtime] } }
`;
    const evilTarget = { ...aTarget(yaml), clusterName: hostile, name: hostile };

    expect(reportPage([evilTarget])).not.toMatch(/<script/);
  });
});
