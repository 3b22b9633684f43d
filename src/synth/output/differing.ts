import fs from "node:fs";
import path from "node:path";
import { entriesOf } from "./layout";

/** foreign: of somebody, and Terraform would read it with what is written there. */
export type DifferenceKind = "missing" | "different" | "unexpected" | "foreign";

/** A file of one of two folders, and how the two differ in it. */
export interface Difference {
  /** Relative to the folders; empty for the folders themselves. */
  readonly file: string;
  readonly is: DifferenceKind;
}

/** Files in which what is there differs from what is wanted; links are not followed, and none is wanted. */
export function differing(wanted: string, there: string, file = ""): Difference[] {
  const is = fs.lstatSync(there, { throwIfNoEntry: false });
  const should = fs.lstatSync(wanted, { throwIfNoEntry: false });
  if (should === undefined) return is === undefined ? [] : [{ file, is: "unexpected" }];
  if (is === undefined) return [{ file, is: "missing" }];
  if (should.isDirectory() && is.isDirectory()) {
    const names = [...new Set([...entriesOf(wanted), ...entriesOf(there)])].sort();
    return names.flatMap((name) =>
      differing(path.join(wanted, name), path.join(there, name), path.join(file, name)),
    );
  }
  const isSame =
    should.isFile() &&
    is.isFile() &&
    should.size === is.size &&
    fs.readFileSync(wanted).equals(fs.readFileSync(there));
  return isSame ? [] : [{ file, is: "different" }];
}
