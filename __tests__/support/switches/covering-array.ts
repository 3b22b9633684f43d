import { type Position, refusedPairs } from "./refused-pairs";
import { positionsOf, type Row, type SwitchName, switchNames } from "./switches";

type PartialRow = Partial<Record<SwitchName, string>>;

const keyOf = ([one, other]: readonly [Position, Position]): string =>
  [one, other]
    .map(([name, position]) => `${name}=${position}`)
    .sort()
    .join(" ");

const refused = new Set(refusedPairs.map(({ pair }) => keyOf(pair)));

/** Every pair of positions of two switches that may be together, as `keyOf` writes it. */
export function allowedPairs(): Set<string> {
  const found = new Set<string>();
  switchNames.forEach((one, index) => {
    for (const other of switchNames.slice(index + 1)) {
      for (const a of positionsOf(one)) {
        for (const b of positionsOf(other)) {
          const key = keyOf([
            [one, a],
            [other, b],
          ]);
          if (!refused.has(key)) found.add(key);
        }
      }
    }
  });
  return found;
}

/** The pairs of positions that a row has. */
export function pairsOf(row: Row): string[] {
  return switchNames.flatMap((one, index) =>
    switchNames.slice(index + 1).map((other) =>
      keyOf([
        [one, row[one]],
        [other, row[other]],
      ]),
    ),
  );
}

/**
 * The row with the given positions, where each further switch has the first position of its preference that goes with
 * what is chosen. Undefined: there is none.
 */
export function completed(
  chosen: PartialRow,
  prefer: (name: SwitchName, chosen: PartialRow) => readonly string[],
  allowed: readonly string[] = [],
): Row | undefined {
  const fits = (name: SwitchName, position: string, so: PartialRow) =>
    switchNames.every((other) => {
      const there = so[other];
      if (there === undefined || other === name) return true;
      const key = keyOf([
        [name, position],
        [other, there],
      ]);
      return !refused.has(key) || allowed.includes(key);
    });
  const visit = (so: PartialRow): PartialRow | undefined => {
    const next = switchNames.find((name) => so[name] === undefined);
    if (next === undefined) return so;
    for (const position of prefer(next, so)) {
      if (!fits(next, position, so)) continue;
      const found = visit({ ...so, [next]: position });
      if (found) return found;
    }
    return undefined;
  };
  const consistent = Object.entries(chosen).every(([name, position]) =>
    fits(name as SwitchName, position, chosen),
  );
  return consistent ? (visit(chosen) as Row | undefined) : undefined;
}

/**
 * Rows in which every allowed pair of positions occurs, and no refused one: greedily, each row begun with a pair that is
 * missing and filled with what brings most missing ones. The same rows every time. `implied` are pairs that no row can
 * have, because what the one needs is refused beside the other.
 */
export function coveringRows(): { readonly rows: readonly Row[]; readonly implied: readonly string[] } {
  const missing = allowedPairs();
  const rows: Row[] = [];
  const implied: string[] = [];
  const brings = (name: SwitchName, position: string, so: PartialRow) =>
    Object.entries(so).filter(([other, there]) =>
      missing.has(
        keyOf([
          [name, position],
          [other as SwitchName, there],
        ]),
      ),
    ).length;
  const greedy = (name: SwitchName, so: PartialRow) =>
    [...positionsOf(name)].sort((a, b) => brings(name, b, so) - brings(name, a, so));

  for (const first of missing) {
    const row = completed(positions(first), greedy);
    if (row === undefined) {
      implied.push(first);
      continue;
    }
    rows.push(row);
    for (const pair of pairsOf(row)) missing.delete(pair);
  }
  return { rows, implied };
}

/** A row for a refused pair: everything else off, but for what the two need. */
export function rowWith(pair: readonly [Position, Position]): Row | undefined {
  return completed(Object.fromEntries(pair), positionsOf, [keyOf(pair)]);
}

function positions(key: string): PartialRow {
  return Object.fromEntries(key.split(" ").map((each) => each.split("="))) as PartialRow;
}
