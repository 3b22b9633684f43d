import { counted } from "../../text/counted";
import { Html, htmlOf, linesOf } from "../../text/html";
import { colourVariables } from "../../text/palette";
import { visible } from "../../text/visible";
import type { Difference } from "../diff/difference";
import type { Change, Finding, Review } from "../model/change";
import type { Phrase } from "../model/phrase";
import { type Entry, entriesOf } from "../story/entries";
import {
  consequencesLine,
  countsLine,
  fewNames,
  foldsOf,
  groupsOf,
  headOf,
  impactTitles,
  notesOf,
  signOf,
  verdict,
} from "./wording";

/** What comes from a plan has nothing in it that turns or hides text. */
const markup = htmlOf(visible);

/** The review as one page that needs no network and runs no script: its policy forbids both. */
export function formatHtml(review: Review): string {
  return linesOf([
    markup`<!doctype html>`,
    markup`<html lang="en">`,
    markup`<head>`,
    markup`<meta charset="utf-8">`,
    markup`<meta name="viewport" content="width=device-width, initial-scale=1">`,
    markup`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    markup`<title>Plan review</title>`,
    markup`<style>${new Html(STYLE)}</style>`,
    markup`</head>`,
    markup`<body>`,
    markup`<main>`,
    markup`<h1>Plan review</h1>`,
    ...review.leftBehind.map((each) => markup`<p class="warning">${phrase(each)}</p>`),
    markup`<p class="verdict ${review.couldBe}">${phrase(verdict(review))}</p>`,
    stackTable(review),
    ...review.warnings.map((each) => markup`<p class="warning">${phrase(each)}</p>`),
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
    markup`<section><h2>What this review can't see</h2><ul>`,
    ...review.blindSpots.map((each) => markup`<li>${each}</li>`),
    markup`</ul></section>`,
    markup`</main>`,
    markup`</body>`,
    markup`</html>`,
    markup``,
  ]).markup;
}

function stackTable({ stacks }: Review): Html {
  const rows = stacks.map(
    ({ stack, terraformVersion, counts }) =>
      markup`<tr><th scope="row">${stack}</th><td>${countsLine(counts)}</td><td>${terraformVersion}</td></tr>`,
  );
  return markup`<table><caption>Stacks</caption><thead><tr><th scope="col">Stack</th><th scope="col">Changes</th><th scope="col">Terraform</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function section(title: string, impact: string, told: readonly Entry[], rest: readonly Change[]): Html {
  const kinds = foldsOf(rest).map(
    ({ what, names }) => markup`<li><code>${what}</code> (${names.length}): ${phrase(fewNames(names))}</li>`,
  );
  const body = linesOf([
    ...told.map(article),
    ...(rest.length > 0
      ? [markup`<ul>${kinds}</ul>`, folded(`${rest.length} one by one`, rest.map(single))]
      : []),
  ]);
  return markup`<section class="${impact}"><h2>${title}</h2>${body}</section>`;
}

function folded(summary: string | Html, content: readonly Html[]): Html {
  return markup`<details><summary>${summary}</summary>${content}</details>`;
}

function article(entry: Entry): Html {
  const [first] = entry.changes;
  if (first === undefined) return markup``;
  const following = consequencesLine(entry);
  const parts = [
    ...entry.findings.map(findingHtml),
    ...notesOf(first).map((note) => markup`<p class="note">${note}</p>`),
    entry.changes.length > 1
      ? folded(`${entry.changes.length} resources`, entry.changes.map(single))
      : differences(first),
    ...(following === undefined ? [] : [folded(phrase(following), entry.consequences.map(single))]),
  ];
  return markup`<article><h3><code class="sign">${signOf(first)}</code> ${phrase(headOf(entry))}</h3>${parts}</article>`;
}

/** One change by itself, where what it does is told above. */
function single(change: Change): Html {
  return markup`<p><code class="sign">${signOf(change)}</code> <code>${change.address}</code> <small>${change.stack}</small></p>${differences(change)}`;
}

function findingHtml(each: Finding): Html {
  const details = each.details.map((line) => markup`<li>${phrase(line)}</li>`);
  const parts = [
    markup`<p><strong>${phrase(each.what)}</strong> <span class="rule">${each.rule}</span><br>${each.why}</p>`,
    ...(details.length === 0 ? [] : [markup`<ul>${details}</ul>`]),
    ...(each.doubt === undefined ? [] : [markup`<p class="doubt">In doubt: ${phrase(each.doubt)}</p>`]),
  ];
  return markup`${parts}`;
}

function differences({ differences: all, differencesLeftOut }: Change): Html {
  if (all.length === 0) return markup``;
  const left = differencesLeftOut > 0 ? markup`<p>and ${differencesLeftOut} more</p>` : "";
  const table = markup`<table class="diff"><thead><tr><th scope="col">Attribute</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>${all.map(row)}</tbody></table>`;
  return markup`<details><summary>${counted(all.length + differencesLeftOut, "difference")}</summary>${table}${left}</details>`;
}

function row({ path, before, after }: Difference): Html {
  const cell = (kind: string, value: string | undefined) =>
    value === undefined ? markup`<td></td>` : markup`<td class="${kind}"><code>${value}</code></td>`;
  return markup`<tr><th scope="row"><code>${path}</code></th>${cell("old", before)}${cell("new", after)}</tr>`;
}

function outputs(review: Review): Html[] {
  if (review.outputs.length === 0) return [];
  const list = review.outputs.map(
    ({ stack, name, action }) => markup`<li><code>${stack}.${name}</code> ${action}</li>`,
  );
  return [markup`<section><h2>Outputs that other stacks may read</h2><ul>${list}</ul></section>`];
}

function phrase(parts: Phrase): Html {
  return markup`${parts.map((part) => (typeof part === "string" ? part : markup`<code>${part.code}</code>`))}`;
}

const COLOURS = ["bad", "warn", "line"] as const;

const STYLE = `
:root{color-scheme:light dark;${colourVariables(COLOURS, "light")}}
@media(prefers-color-scheme:dark){:root{${colourVariables(COLOURS, "dark")}}}
body{font:16px/1.5 system-ui,sans-serif;margin:0}
main{max-width:72rem;margin:0 auto;padding:1rem}
code{font:.875em/1.4 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
h2{border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:1.2rem 0 .2rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold}
th,td{border:1px solid var(--line);padding:.2rem .5rem;text-align:left;vertical-align:top;font-weight:normal}
.verdict{font-size:1.2rem;font-weight:bold}.irreversible h2,.security h2,.verdict.irreversible,.verdict.security{color:var(--bad)}
.disruption h2,.may-replace h2,.verdict.disruption,.warning,.doubt{color:var(--warn)}
.rule,small,.note{opacity:.8;font-size:.85rem}
@media print{details>*{display:block}}
`.trim();
