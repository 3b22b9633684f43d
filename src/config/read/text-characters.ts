import { byNumber, hexOf } from "../../text/visible";

/**
 * Characters that no text of a config needs: controls (but tab and line feed), those that turn the direction of writing, separators of
 * lines that are none in YAML, halves of surrogate pairs, and private ones, two of which mark templates (template-text.ts).
 */
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ue000-\uf8ff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** The first such character by its name, such as U+001B; undefined where there is none. */
export function controlCharacter(text: string): string | undefined {
  const found = CONTROLS.exec(text)?.[0];
  return found === undefined ? undefined : characterName(found);
}

/** The first such character of a file: its byte order mark and the ends of lines of Windows are none. */
export function unseenCharacter(text: string): { readonly name: string; readonly at: number } | undefined {
  const plain = text.replace(/^\ufeff/, " ").replaceAll("\r\n", " \n");
  const at = plain.search(CONTROLS);
  return at < 0 ? undefined : { name: characterName(plain.charAt(at)), at };
}

/** Text in one line and without what a terminal or a CI log would obey, at most `length` characters. */
export function shownText(text: string, length = 120): string {
  const cut = text.length > length ? `${text.slice(0, length)}…` : text;
  return cut.replace(new RegExp(`${CONTROLS.source}|[\\n\\t]`, "g"), (found) => {
    if (found === "\n") return "\\n";
    return found === "\t" ? "\\t" : byNumber(found);
  });
}

function characterName(character: string): string {
  return `U+${hexOf(character).toUpperCase()}`;
}
