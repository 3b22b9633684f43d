import type { Difference } from "../diff/difference";
import type { Change, Finding, Review } from "../model/change";
import type { Phrase } from "../model/phrase";
import { type Entry, entriesOf } from "../story/entries";
import {
  consequencesLine,
  countsLine,
  differenceCount,
  fewNames,
  foldsOf,
  groupsOf,
  headOf,
  impactTitles,
  notesOf,
  signOf,
  verdict,
  visible,
} from "./wording";

/** The review as one page that needs no network and runs no script: its policy forbids both. */
export function formatHtml(review: Review): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    "<title>Plan review</title>",
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    "<h1>Plan review</h1>",
    ...review.leftBehind.map((each) => `<p class="warning">${phrase(each)}</p>`),
    `<p class="verdict ${review.couldBe}">${phrase(verdict(review))}</p>`,
    stackTable(review),
    ...review.warnings.map((each) => `<p class="warning">${phrase(each)}</p>`),
    ...groupsOf(review.changes).map(({ impact, count, told, rest }) =>
      section(`${impactTitles[impact]} (${count})`, impact, told, rest),
    ),
    ...(review.drift.length > 0
      ? [
          section(
            `Changed outside Terraform (${review.drift.length})`,
            "security",
            entriesOf(review.drift),
            [],
          ),
        ]
      : []),
    ...outputs(review),
    "<section><h2>What this review can't see</h2><ul>",
    ...review.blindSpots.map((each) => `<li>${escape(each)}</li>`),
    "</ul></section>",
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function stackTable({ stacks }: Review): string {
  const rows = stacks.map(
    ({ stack, terraformVersion, counts }) =>
      `<tr><th scope="row">${escape(stack)}</th><td>${countsLine(counts)}</td><td>${escape(terraformVersion)}</td></tr>`,
  );
  return `<table><caption>Stacks</caption><thead><tr><th scope="col">Stack</th><th scope="col">Changes</th><th scope="col">Terraform</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function section(title: string, impact: string, told: readonly Entry[], rest: readonly Change[]): string {
  const body = [
    ...told.map(article),
    ...(rest.length > 0
      ? [
          `<ul>${foldsOf(rest)
            .map(
              ({ what, names }) =>
                `<li><code>${escape(what)}</code> (${names.length}): ${phrase(fewNames(names))}</li>`,
            )
            .join("")}</ul>`,
          `<details><summary>${rest.length} one by one</summary>${rest.map(single).join("")}</details>`,
        ]
      : []),
  ].join("\n");
  return `<section class="${impact}"><h2>${escape(title)}</h2>${body}</section>`;
}

function article(entry: Entry): string {
  const [first] = entry.changes;
  if (first === undefined) return "";
  const following = consequencesLine(entry);
  return [
    `<article><h3><code class="sign">${escape(signOf(first))}</code> ${phrase(headOf(entry))}</h3>`,
    ...entry.findings.map(findingHtml),
    ...notesOf(first).map((note) => `<p class="note">${escape(note)}</p>`),
    ...(entry.changes.length > 1
      ? [
          `<details><summary>${entry.changes.length} resources</summary>${entry.changes.map(single).join("")}</details>`,
        ]
      : [differences(first)]),
    ...(following === undefined
      ? []
      : [
          `<details><summary>${phrase(following)}</summary>${entry.consequences.map(single).join("")}</details>`,
        ]),
    "</article>",
  ].join("");
}

/** One change by itself, where what it does is told above. */
function single(change: Change): string {
  return `<p><code class="sign">${escape(signOf(change))}</code> <code>${escape(change.address)}</code> <small>${escape(change.stack)}</small></p>${differences(change)}`;
}

function findingHtml(each: Finding): string {
  const details = each.details.map((line) => `<li>${phrase(line)}</li>`).join("");
  return [
    `<p><strong>${phrase(each.what)}</strong> <span class="rule">${each.rule}</span><br>${escape(each.why)}</p>`,
    details === "" ? "" : `<ul>${details}</ul>`,
    each.doubt === undefined ? "" : `<p class="doubt">In doubt: ${phrase(each.doubt)}</p>`,
  ].join("");
}

function differences({ differences: all, differencesLeftOut }: Change): string {
  if (all.length === 0) return "";
  const left = differencesLeftOut > 0 ? `<p>and ${differencesLeftOut} more</p>` : "";
  return `<details><summary>${differenceCount(all.length + differencesLeftOut)}</summary><table class="diff"><thead><tr><th scope="col">Attribute</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>${all.map(row).join("")}</tbody></table>${left}</details>`;
}

function row({ path, before, after }: Difference): string {
  const cell = (kind: string, value: string | undefined) =>
    value === undefined ? "<td></td>" : `<td class="${kind}"><code>${escape(value)}</code></td>`;
  return `<tr><th scope="row"><code>${escape(path)}</code></th>${cell("old", before)}${cell("new", after)}</tr>`;
}

function outputs(review: Review): string[] {
  if (review.outputs.length === 0) return [];
  const list = review.outputs.map(
    ({ stack, name, action }) => `<li><code>${escape(`${stack}.${name}`)}</code> ${action}</li>`,
  );
  return [`<section><h2>Outputs that other stacks may read</h2><ul>${list.join("")}</ul></section>`];
}

function phrase(parts: Phrase): string {
  return parts
    .map((part) => (typeof part === "string" ? escape(part) : `<code>${escape(part.code)}</code>`))
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const STYLE = `
:root{color-scheme:light dark;--red:#b3261e;--amber:#8a5a00;--line:#8886}
@media(prefers-color-scheme:dark){:root{--red:#ff8a80;--amber:#ffc766}}
body{font:16px/1.5 system-ui,sans-serif;margin:0}
main{max-width:72rem;margin:0 auto;padding:1rem}
code{font:.875em/1.4 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
h2{border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:1.2rem 0 .2rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold}
th,td{border:1px solid var(--line);padding:.2rem .5rem;text-align:left;vertical-align:top;font-weight:normal}
.verdict{font-size:1.2rem;font-weight:bold}.irreversible h2,.security h2,.verdict.irreversible,.verdict.security{color:var(--red)}
.disruption h2,.may-replace h2,.verdict.disruption,.warning,.doubt{color:var(--amber)}
.rule,small,.note{opacity:.8;font-size:.85rem}
@media print{details>*{display:block}}
`.trim();
