import stringWidth from "string-width";

const NARROW = /^[\x20-\x7e]*$/;

/** Columns that a text takes in a terminal: two for a wide character, none for a colour or a combining mark. */
export function textWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** A text of at most so many characters; the end of a longer one is left out, with a mark in its place. */
export function cut(text: string, most: number, mark = "…"): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  return characters.slice(0, Math.max(0, most - mark.length)).join("") + mark;
}
