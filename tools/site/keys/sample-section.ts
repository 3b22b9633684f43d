import fs from "node:fs";
import path from "node:path";
import { sampleFiles } from "../samples";
import { root } from "../site-page";

/** A part of a sample's file, as it stands there. */
export interface SampleSection {
  readonly file: string;
  readonly text: string;
}

/** Lines of an example that a reader takes in. */
const MOST = 40;

/** A sample's words for a section: the longest that is not too long, since the others say less. */
export function sampleOf(section: string): SampleSection | undefined {
  const found = sampleFiles()
    .filter((file) => !file.endsWith("/platform.yaml") && !file.includes("/workloads/"))
    .flatMap((file) => {
      const whole = textOf(file);
      const text = sectionIn(whole, section);
      return text === undefined || !standsAlone(whole, text) ? [] : [{ file, text }];
    })
    .sort((a, b) => lines(b.text) - lines(a.text));
  return found.find(({ text }) => lines(text) <= MOST) ?? found.at(-1);
}

/** What a file takes away comes back with an example over it, and files that a section names are not beside it. */
const standsAlone = (file: string, section: string): boolean =>
  !/: null\b/.test(file) && !/\bfiles:/.test(section);

const lines = (text: string): number => text.split("\n").length;

const textOf = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");

/** From the key at the line's beginning to the next one; comments before that one are its own. */
function sectionIn(text: string, section: string): string | undefined {
  const all = text.split("\n");
  const start = all.findIndex((line) => line.startsWith(`${section}:`));
  if (start < 0) return undefined;
  const length = all.slice(start + 1).findIndex((line) => /^\S/.test(line));
  const body = all.slice(start, length < 0 ? undefined : start + 1 + length);
  return body.join("\n").trimEnd();
}
