import { textWidth } from "./width";

export interface WrapOptions {
  /** Before the first line. */
  readonly first?: string;
  /** Before each of the others; that of the first if left out. */
  readonly rest?: string;
  /** A word that is longer than a line has one of its own, or goes on in the next. @default "whole" */
  readonly longWords?: "whole" | "broken";
  /** What `width` is measured in. @default columns of a terminal */
  readonly widthOf?: (text: string) => number;
}

/** Lines of at most `width`, what stands before them included, broken at spaces; none for a text without words. */
export function wrap(text: string, width: number, options: WrapOptions = {}): readonly string[] {
  const { first = "", rest = first, longWords = "whole", widthOf = textWidth } = options;
  const lines: string[] = [];
  let words = "";
  const start = () => (lines.length === 0 ? first : rest);
  const end = () => {
    lines.push(start() + words);
    words = "";
  };
  for (const whole of text.split(" ").filter((each) => each !== "")) {
    const longer = words === "" ? whole : `${words} ${whole}`;
    if (widthOf(start() + longer) <= width) {
      words = longer;
      continue;
    }
    if (words !== "") end();
    words = whole;
    while (longWords === "broken" && widthOf(start() + words) > width) {
      const [head, tail] = broken(words, (part) => widthOf(start() + part) <= width);
      if (tail === "") break;
      words = head;
      end();
      words = tail;
    }
  }
  if (words !== "") end();
  return lines;
}

/** The longest beginning that fits, of at least one character, and what is left. */
function broken(word: string, fits: (part: string) => boolean): readonly [head: string, tail: string] {
  const characters = [...word];
  let most = 1;
  while (most < characters.length && fits(characters.slice(0, most + 1).join(""))) most += 1;
  return [characters.slice(0, most).join(""), characters.slice(most).join("")];
}
