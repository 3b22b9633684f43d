import { reportPage } from "../../src/report/report";
import { aTarget } from "../support/fixtures";
import { sectionOf, textOf } from "../support/page-text";

const versions = (yaml = "") => sectionOf(reportPage([aTarget(yaml)]), "versions");

/** Rows of the table that stands open, as texts. */
function rowsBefore(markup: string, end: string): readonly string[] {
  const open = markup.slice(0, markup.indexOf(end));
  return [...open.matchAll(/<tr>\s*<t[dh][\s\S]*?<\/tr>/g)].map(([row]) => textOf(row));
}

test("a version that a config replaces stands open, with what it replaces and why", () => {
  const open = rowsBefore(
    versions(`versions: { cilium: { version: "1.19.7", reason: a fix that the release lacks } }`),
    "Seen at the publisher",
  );

  expect(open.find((row) => row.startsWith("cilium "))).toMatch(
    /^cilium 1\.19\.7 unverified .*in place of 1\.19\.6: a fix that the release lacks/,
  );
});

test("a version of the release itself is not said to replace another", () => {
  expect(textOf(versions())).not.toContain("in place of");
});

test("versions seen at their publisher are folded with their number, each with source and day", () => {
  const markup = versions();
  const folded = markup.slice(markup.indexOf("Seen at the publisher"));
  const body = folded.slice(folded.indexOf("<tbody>"), folded.indexOf("</tbody>"));
  const rows = [...body.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) => textOf(row));

  expect(rows.length).toBeGreaterThan(0);
  expect(textOf(folded)).toMatch(new RegExp(`^Seen at the publisher: ${rows.length} `));
  expect(rows.filter((row) => !/\d{4}-\d{2}-\d{2}/.test(row) || row.includes("unverified"))).toEqual([]);
});
