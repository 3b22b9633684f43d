import { Html, html } from "../text/html";

/** How bad something is; the words beside it say it too. */
export type Tone = "bad" | "warn" | "good" | "note";

export function badge(tone: Tone, text: string): Html {
  return html`<span class="badge ${tone}">${text}</span>`;
}

export interface BarPart {
  /** Of the whole bar, from 0 to 1. */
  readonly share: number;
  /** Its colour: a tone, or a part of a demand; that of money and addresses if left out. */
  readonly kind?: string;
}

/** A bar beside the figure that it shows: a screen reader has the figure. */
export function bar(parts: readonly BarPart[]): Html {
  return html`<span class="bar" aria-hidden="true"
    >${parts
      .filter(({ share }) => share > 0)
      .map(
        ({ share, kind = "" }) =>
          html`<span class="${kind}" style="width:${Math.round(Math.min(share, 1) * 1000) / 10}%"></span>`,
      )}</span
  >`;
}

/** What stands below a summary until somebody wants it; on paper it is open where `print` says so. */
export function fold(summary: string | Html, content: Html, { print = false } = {}): Html {
  return html`<details${print ? new Html(' class="print"') : ""}>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** Places beyond these are folded. */
const PLACES = 2;

/** Files with lines, addresses of resources: the first ones, and the others folded. */
export function places(names: readonly string[], shown = PLACES): Html {
  if (names.length === 0) return html``;
  const list = (some: readonly string[]) =>
    some.length === 0
      ? html``
      : html`<ul class="places">
          ${some.map((name) => html`<li>${name}</li> `)}
        </ul>`;
  const [first, rest] = [names.slice(0, shown), names.slice(shown)];
  if (rest.length === 1) return list(names);
  const more = shown === 0 ? `${rest.length} places` : `and ${rest.length} more`;
  return html`${list(first)} ${rest.length === 0 ? "" : fold(more, list(rest))}`;
}

export interface ListItem {
  readonly badge?: Html;
  readonly head: string | Html;
  /** Beside the head: an id, a group. */
  readonly aside?: string | Html;
  readonly text?: readonly (string | Html)[];
  readonly places?: Html;
}

export function items(all: readonly ListItem[]): Html {
  return html`<ul class="items">
    ${all.map(
      ({ badge: mark, head, aside, text = [], places: where }) =>
        html`<li>
          <p class="head">
            ${mark ?? ""} ${head} ${aside === undefined ? "" : html`<span class="more">${aside}</span>`}
          </p>
          ${text.map((each) => html`<p>${each}</p>`)} ${where ?? ""}
        </li> `,
    )}
  </ul>`;
}

/** The first of a list, and the others folded. */
export function foldedItems(all: readonly ListItem[], shown: number): Html {
  const [first, rest] = [all.slice(0, shown), all.slice(shown)];
  if (rest.length === 0) return items(first);
  return html`${items(first)} ${fold(`${rest.length} more`, items(rest), { print: true })}`;
}

export function plainList(texts: readonly string[]): Html {
  return html`<ul>
    ${texts.map((text) => html`<li>${text}</li> `)}
  </ul>`;
}
