import { capacityReport } from "../../src/ip-capacity/capacity-report";
import { capacitySvg } from "../../src/ip-capacity/capacity-svg";

import { labInput, roomyInput } from "./support/capacity-inputs";

const lab = capacitySvg(capacityReport(labInput()));

test("tells a screen reader what it shows, with figures", () => {
  expect(lab).toMatch(/role="img" aria-labelledby="capacity-title capacity-desc"/);
  expect(lab).toContain('<title id="capacity-title">IP capacity of lab/us-east-1</title>');
  expect(lab).toMatch(
    /<desc [^>]*>Something does not fit\. us-east-1a nodes: 1,170 of 1,019 addresses needed, 151 missing\./,
  );
});

test("needs nothing from elsewhere and runs nothing", () => {
  expect(lab).not.toMatch(/<script|<image|@import|href=|url\((?!#)/);
});

test("follows the reader's colour scheme by CSS variables", () => {
  expect(lab).toContain("@media screen and (prefers-color-scheme:dark)");
  for (const kind of ["steady", "infrastructure", "surge", "burst", "growth", "free", "missing"]) {
    expect(lab.split(`--capacity-${kind}:`)).toHaveLength(3);
    expect(lab).toContain(`var(--capacity-${kind})`);
  }
});

test("draws the parts of each bar one after the other, to its need", () => {
  const bar = [...lab.matchAll(/<rect x="([\d.]+)" y="8" width="([\d.]+)"/g)].map(([, x, width]) => [
    Number(x),
    Number(width),
  ]);

  expect(bar).toHaveLength(4);
  bar.slice(1).forEach(([x = 0], index) => {
    const [before = 0, width = 0] = bar[index] ?? [];
    expect(x).toBeCloseTo(before + width, 1);
  });
  expect(bar.reduce((sum, [, width = 0]) => sum + width, 0)).toBeCloseTo(500, 0);
});

test("hatches what is missing, so that it can be told without colour", () => {
  expect(lab).toContain('fill="url(#capacity-hatch)"><title>missing: 151</title>');
});

test("two drawings on one page have no id in common", () => {
  const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const other = ids(capacitySvg(capacityReport(roomyInput()), "prod"));

  expect(ids(lab)).toHaveLength(3);
  expect(other.filter((id) => ids(lab).includes(id))).toEqual([]);
});

test("keeps marks in names from being read as markup", () => {
  const svg = capacitySvg({ ...capacityReport(labInput()), target: 'a<b>&"c"' });

  expect(svg).toContain("IP capacity of a&lt;b&gt;&amp;&quot;c&quot;");
});
