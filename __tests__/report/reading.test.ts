import { dataAsOf } from "../../src/facts/as-of";
import { verdictOf } from "../../src/report/verdict";
import { reportPage } from "../../src/report/report";
import { targetFacts } from "../../src/report/target-facts";
import { targetVerdict } from "../../src/synth/target-report";
import { aTarget } from "../support/fixtures";
import { itemsOf, rowsOf, sectionOf, textOf, unfolded, verdictsOf } from "../support/page-text";

const target = aTarget();
const page = reportPage([target]);
const facts = targetFacts(target, {
  fleet: { targets: [target] },
  asOf: undefined,
  judgedOn: () => dataAsOf,
});

const WAIVED = `
cluster: { endpoint: { kind: restricted-public, cidrs: [203.0.113.0/24], reason: partners deploy from outside } }
waivers:
  - { rule: NET-FLOW-LOGS, at: network.flowLogs, reason: never needed, owner: edge-team, expires: 2027-03-31 }
  - { rule: EKS-ENDPOINT-PUBLIC, at: cluster.endpoint, reason: the VPN is coming, owner: edge-team, expires: 2027-03-31 }
  - { rule: IP-CAPACITY-SUBNET, at: network, reason: a larger range is ordered, owner: network-team, expires: 2027-03-31 }
`;
const at = (asOf: string) => reportPage([aTarget(WAIVED)], { asOf });
const waived = at("2026-11-21");
const ended = at("2027-04-01");
const tooSmall = reportPage([aTarget("network: { subnets: { nodes: { prefix: 28 } } }")]);

describe("the first line", () => {
  test("says that nothing stands in the way, and how much is open", () => {
    const [[tone, sentence = ""] = []] = verdictsOf(page);
    const { counts } = targetVerdict(target, () => dataAsOf).readiness;

    expect(tone).toBe("warn");
    expect(sentence).toMatch(
      /^Ready for a plan: no guardrail finding and no address problem stands in the way\. Still open: /,
    );
    expect(sentence).toContain(`${counts["not met"]} readiness items not met`);
    expect(sentence).toContain(`${counts["decision needed"]} decisions to write down`);
  });

  test("says which errors must be fixed first", () => {
    expect(verdictsOf(ended)[0]).toEqual([
      "bad",
      expect.stringMatching(
        /^Not ready to deploy: 1 guardrail error must be fixed first\. \d+ other points are open\.$/,
      ),
    ]);
    expect(verdictsOf(tooSmall)[0]).toEqual([
      "bad",
      expect.stringMatching(/^Not ready to deploy: \d+ errors? of the address plan must be fixed first\./),
    ]);
  });

  test("says so where nothing is open", () => {
    expect(verdictOf([], 0).tone).toBe("good");
    expect(verdictOf([], 0).sentence).toMatch(/and nothing is open\.$/);
  });

  test("stands above everything else, and the first heading names the target", () => {
    const header = textOf(page.slice(page.indexOf("<header>"), page.indexOf("</header>")));
    expect(header).toMatch(new RegExp(`^Octarine report, as of ${dataAsOf} ${target.name} Ready for a plan`));
  });
});

describe("the summary", () => {
  test("has the four figures by which a target is judged, with what they mean", () => {
    const { judged, capacity, cost } = facts;
    const subnets = capacity.zones.flatMap(({ zone, subnets: all }) =>
      all.map((each) => ({ ...each, zone })),
    );
    const [fullest] = subnets.sort((x, y) => y.need / y.usable - x.need / x.usable);
    const { need = 0, usable = 1, zone } = fullest ?? {};
    const tiles = textOf(sectionOf(page, "summary"));

    expect(tiles).toContain("Guardrails 0 errors 0 warnings, 0 waived, ");
    expect(tiles).toContain(
      `Readiness ${judged.readiness.counts.met} of ${judged.readiness.items.length} met`,
    );
    expect(tiles).toContain(`Addresses ${Math.round((need / usable) * 100)}% needed the fullest subnet, `);
    expect(tiles).toContain(` in ${zone}: ${need.toLocaleString("en-US")} of `);
    expect(tiles).toContain(`Cost $${Math.round(cost.total.expected).toLocaleString("en-US")} a month`);
  });
});

describe("what is open", () => {
  const words = (text: string) =>
    itemsOf(sectionOf(text, "open")).map((item) => /^(error|warning|not met|decision)/.exec(item)?.[0]);

  test.each([
    ["a target as it is", page],
    ["one whose waiver has ended", ended],
    ["one whose subnets are too small", tooSmall],
  ])("%s: the worst comes first", (_, text) => {
    const order = ["error", "warning", "not met", "decision"];
    const ranks = words(text).map((word) => order.indexOf(word ?? ""));
    expect(ranks.length).toBeGreaterThan(6);
    expect(ranks).not.toContain(-1);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  test("begins with the error, its cause, its remedy and its place", () => {
    expect(words(ended)[0]).toBe("error");
    expect(itemsOf(sectionOf(ended, "open"))[0]).toMatch(
      /^error The Kubernetes API has no public endpoint.* EKS-ENDPOINT-PUBLIC, Guardrails Has a public endpoint\. The waiver of edge-team ended on 2027-03-31; .* target\.yaml:2, dev-us-east-1-cluster\//,
    );
  });

  test("shows six points, and folds the others with their number", () => {
    const section = sectionOf(page, "open");
    const count = itemsOf(section).length;
    expect(itemsOf(unfolded(section))).toHaveLength(6);
    expect(textOf(unfolded(section))).toContain(`[${count - 6} more]`);
  });

  test("leaves out the line of a checklist that a finding breaks", () => {
    const noLogs = reportPage([
      aTarget('network: { flowLogs: { kind: none, reason: "the lake is not there yet" } }'),
    ]);
    const open = itemsOf(sectionOf(noLogs, "open"));
    expect(open.filter((item) => item.includes("NET-FLOW-LOGS, "))).toHaveLength(1);
    expect(open.filter((item) => item.includes("NET-FLOW-LOGS: "))).toEqual([]);
  });

  test("says each thing once, also where a finding is a checklist item, or a waiver has ended", () => {
    const open = itemsOf(sectionOf(ended, "open"));
    expect(open.filter((item) => item.includes("EKS-ENDPOINT-PUBLIC:"))).toEqual([]);
    expect(open.filter((item) => /waiver? .*NET-FLOW-LOGS/.test(item))).toHaveLength(1);
    expect(open.filter((item) => item.includes("IP-CAPACITY-SUBNET"))).toHaveLength(1);
    expect(open).toContainEqual(
      expect.stringMatching(
        /^warning A waiver waives nothing: ended NET-FLOW-LOGS, Guardrails At network\.flowLogs, of edge-team/,
      ),
    );
  });

  test("has what a run warns of, with the rule that a waiver names, and not what is waived", () => {
    const warned = itemsOf(sectionOf(page, "open")).filter((item) => item.startsWith("warning"));
    const pins = warned.find((item) => item.includes("PIN-UNVERIFIED, Versions"));
    expect(pins).toMatch(/^warning Release \S+ has unverified pins/);
    expect(textOf(sectionOf(page, "open"))).not.toMatch(/waiver: |dev\/us-east-1/);

    const waiver = `{ rule: PIN-UNVERIFIED, at: versions, reason: seen by us, owner: edge-team, expires: 2027-03-31 }`;
    const silent = reportPage([aTarget(`waivers: [${waiver}]`)]);
    expect(textOf(sectionOf(silent, "open"))).not.toContain("PIN-UNVERIFIED");
    expect(textOf(sectionOf(silent, "guardrails"))).toContain("Waives what a run would warn of.");
  });
});

describe("addresses and money", () => {
  test("the fullest subnet comes first, each with its bar, its figures and its share", () => {
    const rows = rowsOf(sectionOf(page, "capacity"), /^Addresses by subnet/);
    const shares = rows.map(([, share = ""]) => Number(share.replace("%", "")));
    expect(rows.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(rows[0]).toEqual([
      expect.stringMatching(/^\w+, us-east-1\w 10\./),
      expect.stringMatching(/^\d+%$/),
      expect.stringMatching(/^[\d,]+ of [\d,]+$/),
      expect.stringMatching(/^[\d,]+$/),
    ]);
    const bars = [...sectionOf(page, "capacity").matchAll(/style="width:([\d.]+)%"/g)].map(([, width]) =>
      Number(width),
    );
    expect(Math.max(...bars)).toBeLessThanOrEqual(100);
  });

  test("what does not fit is marked, with what is missing and the remedy", () => {
    const section = sectionOf(tooSmall, "capacity");
    expect(itemsOf(section)[0]).toMatch(/^error node subnets .* Remedy: a \/2\d\.$/);
    const [first] = rowsOf(section, /^Addresses by subnet/);
    expect(first?.[0]).toContain("does not fit");
    expect(first?.[3]).toMatch(/^-[\d,]+$/);
    expect(section).toContain('class="missing"');
  });

  test("the largest part of the cost comes first, the largest item first within it, and parts add up", () => {
    const rows = rowsOf(sectionOf(page, "cost"), /^USD a month/);
    const usd = (row: readonly string[] | undefined) => Number((row?.at(-2) ?? "").replaceAll(",", ""));
    const parts = ["cluster", "nodes", "egress", "endpoints", "traffic", "logs"];
    const heads = rows.filter(([item = ""]) => parts.includes(item));

    expect(rows[0]?.[0]).toBe("total");
    expect(heads.map(usd)).toEqual(heads.map(usd).sort((a, b) => b - a));
    expect(heads.reduce((sum, row) => sum + usd(row), 0)).toBeCloseTo(usd(rows[0]), 1);
    const shares = rows.slice(1).map((row) => (100 * usd(row)) / usd(rows[0]));
    const widths = [...sectionOf(page, "cost").matchAll(/width:([\d.]+)%/g)].map(([, width]) =>
      Number(width),
    );
    const drawn = shares.filter((share) => share > 0);
    expect(widths).toHaveLength(drawn.length);
    expect(widths.filter((width, index) => Math.abs(width - (drawn[index] ?? NaN)) > 0.1)).toEqual([]);
    const lines = rows.slice(
      2,
      rows.findIndex((row) => row === heads[1]),
    );
    expect(lines.map(usd)).toEqual(lines.map(usd).sort((a, b) => b - a));
  });

  test("the way that saves most comes first, with its sign", () => {
    const rows = rowsOf(sectionOf(page, "cost"), /^Alternatives/);
    const usd = rows.map(([, now = ""]) => Number(now.replace("−", "-").replaceAll(/[+,]/g, "")));
    expect(usd).toEqual([...usd].sort((a, b) => a - b));
    expect(rows[0]?.[1]).toMatch(/^−/);
  });

  test("assumptions, what is not in the sum, and sources are folded, with their number", () => {
    const closed = textOf(unfolded(sectionOf(page, "cost")));
    expect(closed).toMatch(/\[Assumed: \d+\].*\[Not in the sum: \d+\].*\[Sources of the prices: \d+\]/);
    expect(closed).not.toContain("hoursPerMonth");
    expect(textOf(sectionOf(page, "cost"))).toContain("hoursPerMonth");
  });
});

describe("guardrails", () => {
  const waivers = (text: string) =>
    itemsOf(sectionOf(text, "guardrails")).filter((item) => item.includes("-team"));

  test("a waiver is there with its reason, its owner, its last day and what it waives; the idle one is first", () => {
    const [idle, used, addresses] = waivers(waived);
    expect(idle).toMatch(
      /^waives nothing: unused never needed NET-FLOW-LOGS edge-team, until 2027-03-31, at network\.flowLogs$/,
    );
    expect(used).toMatch(
      /^until 2027-03-31 the VPN is coming EKS-ENDPOINT-PUBLIC edge-team, until 2027-03-31, at cluster\.endpoint Waives target\.yaml:2, dev-us-east-1-cluster\//,
    );
    expect(addresses).toMatch(/Waives see IP capacity\.$/);
  });

  test("after its last day it waives nothing, and the finding is an error with its remedy", () => {
    expect(waivers(ended)).toContainEqual(expect.stringMatching(/^waives nothing: ended the VPN is coming/));
    expect(itemsOf(sectionOf(ended, "guardrails"))[0]).toMatch(
      /^error The Kubernetes API has no public endpoint.*The waiver of edge-team ended on 2027-03-31; /,
    );
    expect(textOf(sectionOf(ended, "guardrails"))).toContain("1 error, ");
  });

  test("a target without findings and waivers says so", () => {
    const text = textOf(sectionOf(page, "guardrails"));
    expect(text).toContain("Findings: none.");
    expect(text).toContain("Waivers: none.");
  });

  test("what can't be decided before apply is folded, with its number", () => {
    const { findings } = targetVerdict(target, () => dataAsOf).guardrails;
    const unknown = findings.filter(({ outcome }) => outcome === "unknown");
    const closed = textOf(unfolded(sectionOf(page, "guardrails")));
    expect(closed).toContain(`[Not decidable before apply: ${unknown.length} findings of `);
    expect(itemsOf(unfolded(sectionOf(page, "guardrails")))).toEqual([]);
  });
});

describe("readiness", () => {
  const { items } = targetVerdict(target, () => dataAsOf).readiness;
  const section = sectionOf(page, "readiness");

  test("every item of both checklists is there once, with its reason and all of its evidence", () => {
    const text = textOf(section);
    for (const { asks, evidence } of items) {
      expect(text).toContain(asks);
      for (const each of evidence) expect(text).toContain(each);
    }
    const shown =
      itemsOf(section).length + rowsOf(section, /^Met/).length + rowsOf(section, /^Not decidable/).length;
    expect(shown).toBe(items.length);
  });

  test("what is met, and what can't be decided yet, is folded below what needs somebody", () => {
    const closed = textOf(unfolded(section));
    const count = (status: string) => items.filter((each) => each.status === status).length;
    expect(closed).toMatch(
      new RegExp(
        `Not met: ${count("not met")}.*Decision needed: ${count("decision needed")}.*` +
          `\\[Not decidable before apply: ${count("not decidable before apply")}\\] ?\\[Met: ${count("met")}\\]`,
      ),
    );
    const met = items.find(({ status }) => status === "met");
    expect(closed).not.toContain(met?.asks);
  });

  test("long lists of places are folded, with their number", () => {
    const many = items.find(({ status, evidence }) => status !== "met" && evidence.length > 3);
    const long = items.find(({ evidence }) => evidence.length > 3);
    expect(textOf(section)).toContain(`and ${(long?.evidence.length ?? 0) - (many === long ? 2 : 1)} more`);
  });
});
