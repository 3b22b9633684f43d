/** The number of a character, `001b`. */
export function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}

/** A character as its number, `\u001b`: what it would do is not done. */
export function byNumber(character: string): string {
  return `\\u${hexOf(character)}`;
}

/** Control characters, marks that reorder or hide text, and halves of pairs. */
const HIDDEN =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * A stranger's text on one line, with nothing that moves a cursor, hides text or turns it round: control characters,
 * bidirectional marks and zero-width characters are shown by number.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => (character === "\n" ? " " : byNumber(character)));
}
