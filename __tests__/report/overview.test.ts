import { loadFleet } from "../../src/fleet/load-fleet";
import { reportPage } from "../../src/report/report";
import { aTarget } from "../support/fixtures";
import { itemsOf, rowsOf, textOf, unfolded, verdictsOf } from "../support/page-text";

/** Its waiver ends on 2027-03-31. */
const WAIVED = `
cluster: { endpoint: { kind: restricted-public, cidrs: [203.0.113.0/24], reason: partners deploy from outside } }
waivers:
  - { rule: EKS-ENDPOINT-PUBLIC, at: cluster.endpoint, reason: the VPN is coming, owner: edge-team, expires: 2027-03-31 }
`;

describe("several targets", () => {
  const fleet = loadFleet("envs");
  const whole = reportPage(fleet.targets, { fleet });
  const rows = rowsOf(whole, /the worst first$/);

  test("begin with an overview: one verdict, and a row for each target with its figures", () => {
    expect(verdictsOf(whole)[0]?.[1]).toMatch(
      /^All 5 targets are ready for a plan, and all have points open\.$/,
    );
    expect(rows.map(([name = ""]) => name.split(" ")[0]).sort()).toEqual(
      fleet.targets.map(({ name }) => name).sort(),
    );
    for (const [, verdict, guardrails, readiness, subnet, usd] of rows) {
      expect(verdict).toMatch(/^ready, points open \d+ open$/);
      expect(guardrails).toMatch(/^\d+ errors? \d+ warnings?$/);
      expect(readiness).toMatch(/^\d+ of \d+ met$/);
      expect(subnet).toMatch(/^\w+ \d+%$/);
      expect(usd).toMatch(/^[\d,.]+\+?$/);
    }
  });

  test("the target with most open points comes first, in the table and below it", () => {
    const open = rows.map(([, verdict = ""]) => Number(/(\d+) open$/.exec(verdict)?.[1]));
    expect(open).toEqual([...open].sort((a, b) => b - a));
    const parts = [...whole.matchAll(/<details class="target print"[^>]*>\s*<summary>\s*<h2>([^<]*)</g)].map(
      ([, name]) => name,
    );
    expect(parts).toEqual(rows.map(([name = ""]) => name.split(" ")[0]));
  });

  test("one that is not ready is named in the first line, and comes first", () => {
    const well = aTarget("", { region: "us-west-2" });
    const bad = aTarget(WAIVED);
    const mixed = reportPage([well, bad], { asOf: "2027-04-01" });

    expect(verdictsOf(mixed)[0]).toEqual(["bad", `1 of 2 targets is not ready to deploy: ${bad.name}.`]);
    expect(
      rowsOf(mixed, /the worst first$/).map(([, verdict = ""]) => verdict.replace(/ \d+ open/, "")),
    ).toEqual(["not ready", "ready, points open"]);
  });

  test("a point that several targets have is listed once, with their names", () => {
    const start = whole.indexOf("<h2>What is open");
    const open = itemsOf(whole.slice(start, whole.indexOf('<details class="target')));
    const growth = open.filter((item) => item.includes("The VPC's range leaves room for growth."));
    expect(growth).toHaveLength(1);
    expect(growth[0]).toContain(`all 5 targets: ${fleet.targets[0]?.name}, `);
  });

  test("the bar of what costs most is full, and the others are as long as they cost", () => {
    const table = whole.slice(whole.indexOf("<table"), whole.indexOf("</table>"));
    const bars = table
      .split("<tr>")
      .slice(2)
      .map((row) => Number([...row.matchAll(/style="width:([\d.]+)%"/g)].at(-1)?.[1]));
    const usd = rows.map((row) => Number((row[5] ?? "").replace(/[,+]/g, "")));
    expect(Math.max(...bars)).toBe(100);
    expect(bars).toEqual(usd.map((each) => Math.round((each / Math.max(...usd)) * 1000) / 10));
  });

  test("among equally bad points, the one that most targets have comes first", () => {
    const start = whole.indexOf("<h2>What is open");
    const warnings = itemsOf(whole.slice(start, whole.indexOf('<details class="target')))
      .filter((item) => item.startsWith("warning"))
      .map((item) => new Set(item.match(/\b(?:dev|staging|prod)\/\w+-\w+-\d/g)).size);
    expect(warnings.length).toBeGreaterThan(2);
    expect(warnings).toEqual([...warnings].sort((a, b) => b - a));
    expect(new Set(warnings).size).toBeGreaterThan(1);
  });

  test("are folded, so that the page stays short", () => {
    const closed = textOf(unfolded(whole));
    expect(closed.length).toBeLessThan(6000);
    for (const { name } of fleet.targets) expect(closed).toContain(name);
  });
});
