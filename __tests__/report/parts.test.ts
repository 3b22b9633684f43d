import { html } from "../../src/text/html";
import { bar, foldedItems, places } from "../../src/report/parts";
import { shareBar, readinessBar } from "../../src/report/summary-section";
import { htmlTable } from "../../src/report/table";
import { itemsOf, textOf, unfolded } from "../support/page-text";

describe("a bar", () => {
  test("is as long as its parts, skips empty ones, and is never longer than its track", () => {
    const { markup } = bar([
      { share: 0.25, kind: "steady" },
      { share: 0, kind: "surge" },
      { share: 1.7, kind: "missing" },
    ]);
    expect(
      [...markup.matchAll(/class="(\w+)" style="width:([\d.]+)%"/g)].map(([, kind, width]) => [kind, width]),
    ).toEqual([
      ["steady", "25"],
      ["missing", "100"],
    ]);
  });

  test.each([
    [0.5, ""],
    [0.9, "warn"],
    [1.01, "bad"],
  ])("%s full has the colour of how near to full it is", (share, kind) => {
    expect(shareBar(share).markup).toContain(`class="${kind}"`);
  });

  test("of readiness is green where lines are met and red where they are not", () => {
    const counts = { met: 3, "not met": 1, "not decidable before apply": 0, "decision needed": 0 };
    const { markup } = readinessBar({ counts, items: Array(4).fill(undefined) });
    expect(markup).toMatch(/class="good" style="width:75%".*class="bad" style="width:25%"/s);
  });
});

describe("a table", () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ cells: [`row ${index}`, "x"] }));
  const columns = [{ name: "Name" }, { name: "Figure", kind: "number" as const }];

  test("that may go over the end of a page says so on paper, with its name and the number of its rows", () => {
    const { markup } = htmlTable("Subnets", columns, rows(30));
    expect(markup).toMatch(
      /<tfoot>\s*<tr class="paper" aria-hidden="true">\s*<td colspan="2">continues on the next page</,
    );
    expect(markup).toMatch(
      /<thead>\s*<tr class="paper" aria-hidden="true">\s*<th scope="col" colspan="2">Subnets: 30 rows</,
    );
  });

  test("that fits a page stays whole", () => {
    const { markup } = htmlTable("Subnets", columns, rows(5));
    expect(markup).not.toContain("paper");
    expect(markup).toContain('class="table whole"');
  });
});

describe("a fold", () => {
  test("of places never hides a single one, and counts those that it hides", () => {
    expect(textOf(places(["a", "b", "c"]).markup)).toBe("a b c");
    expect(textOf(unfolded(places(["a", "b", "c", "d"]).markup))).toBe("a b [and 2 more]");
    expect(textOf(places(["a", "b", "c", "d"]).markup)).toBe("a b and 2 more c d");
    expect(places([]).markup).toBe("");
  });

  test("of items counts those that it hides, and loses none", () => {
    const all = Array.from({ length: 9 }, (_, index) => ({ head: `item ${index}` }));
    const { markup } = foldedItems(all, 4);
    expect(itemsOf(markup)).toHaveLength(9);
    expect(itemsOf(unfolded(markup))).toHaveLength(4);
    expect(textOf(unfolded(markup))).toContain("[5 more]");
    expect(html`${foldedItems(all.slice(0, 4), 4)}`.markup).not.toContain("<details");
  });
});
