import type { Piece } from "./symbol";

/** Whether some text is of both: what is unknown in either may turn out to be anything that it can be. */
export function overlaps(one: readonly Piece[], other: readonly Piece[]): boolean {
  const seen = new Set<number>();
  const meets = (i: number, j: number): boolean => {
    const key = i * (other.length + 1) + j;
    if (seen.has(key)) return false;
    seen.add(key);
    const [a, b] = [one[i], other[j]];
    if (a === undefined && b === undefined) return true;
    if (a?.kind === "any") return meets(i + 1, j) || (b !== undefined && takes(a, b) && meets(i, j + 1));
    if (b?.kind === "any") return meets(i, j + 1) || (a !== undefined && takes(b, a) && meets(i + 1, j));
    if (a === undefined || b === undefined) return false;
    if (a.kind === "id" && b.kind === "id") return a.name === b.name && meets(i + 1, j + 1);
    // An identifier is at least one character, and then as many as are there.
    if (a.kind === "id") return isOfId(b) && (meets(i + 1, j + 1) || meets(i, j + 1));
    if (b.kind === "id") return isOfId(a) && (meets(i + 1, j + 1) || meets(i + 1, j));
    if (a.kind === "one" || b.kind === "one") return meets(i + 1, j + 1);
    return a.value === b.value && meets(i + 1, j + 1);
  };
  return meets(0, 0);
}

function takes(any: Piece & { kind: "any" }, piece: Piece): boolean {
  return any.isPart !== true || piece.kind !== "character" || piece.value !== ":";
}

function isOfId(piece: Piece): boolean {
  return piece.kind === "one" || (piece.kind === "character" && !/[:/*]/.test(piece.value));
}
