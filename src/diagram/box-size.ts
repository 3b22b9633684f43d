import { cut as cutText } from "../text/width";
import { wrap } from "../text/wrap";
import type { DiagramNode } from "./diagram";

export const LINE = 17;
export const PAD = 10;
export const BOX = 216;
/** Height that a frame's label takes above the boxes inside. */
export const FRAME_LABEL = 24;
export const LABEL_HEIGHT = 16;

/** Pixels of a character, at most on average, in the widest of the common system fonts at 13 (bold) and 12 pixels. */
const WIDE = { name: 8.2, more: 6.9 } as const;

export function textWidth(text: string, style: keyof typeof WIDE = "more"): number {
  return Math.ceil(text.length * WIDE[style]);
}

/** A text that fits a width; what does not is left out, with a mark. */
export function cut(text: string, width: number, style: keyof typeof WIDE = "more"): string {
  return cutText(text, Math.max(1, Math.floor(width / WIDE[style])));
}

/** A line of a box as it is drawn. */
export interface TextLine {
  readonly text: string;
  /** Whether it belongs to the box's name. */
  readonly name: boolean;
}

/** The lines of a box of this width: long ones go on below, and so do long words. */
export function boxText({ lines }: DiagramNode, width: number): readonly TextLine[] {
  return lines.flatMap((line, index) => {
    const name = index === 0;
    const [most, style] = [width - 2 * PAD, name ? "name" : "more"] as const;
    const wrapped = wrap(line, most, {
      longWords: "broken",
      widthOf: (text) => textWidth(text, style),
    });
    return wrapped.map((text) => ({ text: cut(text, most, style), name }));
  });
}

export function boxHeight(text: readonly TextLine[], fill: number | undefined): number {
  return 2 * PAD + text.length * LINE + (fill === undefined ? 0 : LINE + 6);
}
