import { type CostLine, type CostSection, costSections } from "./cost-line";

/** A part of an estimate in which lines have no price: all of them, or some. */
export interface UnpricedSection {
  readonly section: CostSection;
  readonly whole: boolean;
}

/** The parts that a total leaves out, in the order of the report. */
export function unpricedSections(lines: readonly CostLine[]): readonly UnpricedSection[] {
  return costSections.flatMap((section) => {
    const own = lines.filter((line) => line.section === section);
    const open = own.filter(({ usd }) => usd === undefined);
    return open.length === 0 ? [] : [{ section, whole: open.length === own.length }];
  });
}
