import { Html, html } from "../text/html";

export interface Column {
  readonly name: string;
  /** Numbers stand at the right; a share is a bar beside its number. */
  readonly kind?: "number" | "share";
}

export interface TableRow {
  readonly cells: readonly (string | Html)[];
  /** A sum, a part that lines belong to, or one of its lines. */
  readonly kind?: "sum" | "part" | "line";
}

export interface TableOptions {
  /** Rows become cards where a window is narrow; for tables that have many columns. */
  readonly cards?: boolean;
}

/** Beyond these many rows a table may go over the end of a printed page. */
const LONG = 12;

/** A table with a caption. One that is cut by the end of a page says so, and has its name on the next. */
export function htmlTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly TableRow[],
  { cards = false }: TableOptions = {},
): Html {
  const long = rows.length > LONG;
  const classes = cards ? new Html(' class="cards"') : "";
  return html`<div class="table${long ? " long" : " whole"}" role="region" aria-label="${caption}" tabindex="0">
    <table${classes}>
      <caption>
        ${caption}
      </caption>
      <thead>
        ${long ? paperRow("th", `${caption}: ${rows.length} rows`, columns.length) : ""}
        <tr>
          ${columns.map((column) => html`<th scope="col" ${classOf(column)}>${column.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ cells, kind }) =>
            html`<tr${kind === undefined ? "" : new Html(` class="${kind}"`)}>
              ${cells.map((value, index) => cell(value, columns[index] ?? { name: "" }, index))}
            </tr> `,
        )}
      </tbody>
      ${
        long
          ? html`<tfoot>
              ${paperRow("td", "continues on the next page", columns.length)}
            </tfoot>`
          : ""
      }
    </table>
  </div>`;
}

function cell(value: string | Html, column: Column, index: number): Html {
  return index === 0
    ? html`<th scope="row" ${classOf(column)}>${value}</th>`
    : html`<td data-label="${column.name}" ${classOf(column)}>${value}</td>`;
}

function classOf({ kind }: Column): Html {
  return new Html(kind === undefined ? "" : ` class="${kind}"`);
}

/** Only on paper, where a browser repeats heads and feet on each page; styles.ts covers the last foot. */
function paperRow(tag: "td" | "th", text: string, columns: number): Html {
  const [name, scope] = [new Html(tag), new Html(tag === "th" ? ' scope="col"' : "")];
  return html`<tr class="paper" aria-hidden="true">
    <${name}${scope} colspan="${columns}">${text}</${name}>
  </tr>`;
}
