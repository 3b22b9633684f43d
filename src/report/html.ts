/** Text that is HTML already. Only this module and the drawings make any. */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = string | number | Html | readonly (string | number | Html)[];

/** A template whose values are escaped, except those that are HTML already. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.reduce((all, text, index) => all + text + markupOf(values[index] ?? ""), ""));
}

function markupOf(value: Value): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === "object") return value.map(markupOf).join("");
  return escapeHtml(String(value));
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A table with a caption. Columns from `numbersFrom` on hold numbers. */
export function htmlTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
  numbersFrom = Infinity,
): Html {
  const cell = (tag: "td" | "th", value: string | Html, column: number, scope = "") =>
    html`<${new Html(tag)}${new Html(scope)}${new Html(column >= numbersFrom ? ' class="number"' : "")}>${value}</${new Html(tag)}>`;
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((name, column) => cell("th", name, column, ' scope="col"'))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((value, column) => (column === 0 ? cell("th", value, column, ' scope="row"') : cell("td", value, column)))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Files with lines, addresses of resources: long words that may break anywhere. */
export function places(names: readonly string[]): Html {
  return html`<span class="place">${names.join(", ")}</span>`;
}

/** A whole page: no request leaves it, and its policy forbids any. */
export function htmlPage(title: string, body: Html): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${new Html(STYLES)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return page.markup;
}

const STYLES = `
:root{--text:#1b1f24;--more:#4b5663;--page:#ffffff;--line:#c9d1d9;--head:#eef1f4;--link:#0b57a4;--bad:#b3261e;--good:#1b6e3c}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ec;--more:#b3bdc7;--page:#14181c;--line:#3a434d;--head:#20262c;--link:#8ec1ff;--bad:#ff9b93;--good:#7fd6a0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
h1,h2,h3,h4,p,li{overflow-wrap:anywhere}h1{font-size:1.8rem;line-height:1.2}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h3{margin-top:1.5rem}
a{color:var(--link)}a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem;margin:1rem 0}
.facts div{border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem}.facts dt{color:var(--more);font-size:.875rem}
.facts dd{margin:0;font-size:1.2rem;font-weight:600;overflow-wrap:anywhere}
.table,figure{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{text-align:left;font-weight:600;padding:.5rem 0}th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
thead th{background:var(--head)}tbody th{font-weight:400}tbody th{min-width:11rem}.place{overflow-wrap:anywhere;font-size:.8125rem}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bad{color:var(--bad);font-weight:600}.good{color:var(--good);font-weight:600}figcaption,.more{color:var(--more);font-size:.875rem}
@media print{body{max-width:none;padding:0;font-size:10pt}nav,.skip{display:none}h2{break-after:avoid}section.target{break-before:page}table,figure{break-inside:auto}tr,svg{break-inside:avoid}.table,figure{overflow:visible}svg{max-width:100%;height:auto}a{color:inherit}}
`;
