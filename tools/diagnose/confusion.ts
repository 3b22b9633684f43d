import { collectedIn } from "../../src/diagnose/read/collected";
import { type Diagnosis, diagnose } from "../../src/diagnose/diagnose";
import { counted } from "../../src/text/counted";
import { type Case, type Group, groups } from "./corpus";

export interface Judged {
  readonly of: Case;
  readonly diagnosis: Diagnosis;
  /** The cause that stands first; undefined for none. */
  readonly named: string | undefined;
  readonly isRight: boolean;
}

export function judge(each: Case): Judged {
  const diagnosis = diagnose(each.files.flatMap(({ name, text }) => collectedIn(name, text)));
  const all: readonly string[] = diagnosis.findings.map(({ cause }) => cause);
  const own: readonly string[] = diagnosis.findings.flatMap(({ cause, follows }) =>
    follows === undefined ? cause : [],
  );
  const named = own[0];
  const isRight = each.isElse
    ? diagnosis.findings.every(({ certainty }) => certainty === "possible")
    : named === each.first &&
      each.also.every((cause) => all.includes(cause)) &&
      !each.not.some((cause) => own.includes(cause)) &&
      (each.first !== undefined || all.length === 0);
  return { of: each, diagnosis, named, isRight };
}

const NONE = "none";
const ELSE = "something else";
const kindOf = ({ first, isElse }: Case): string => first ?? (isElse ? ELSE : NONE);

/** By cause: how many cases of it are named rightly, and what the others are taken for. */
export function confusionTable(judged: readonly Judged[]): string {
  const causes = [...new Set(judged.map(({ of }) => kindOf(of)))].sort();
  const rows = causes.map((cause) => {
    const own = judged.filter(({ of }) => kindOf(of) === cause);
    const cells = groups.map((group) => rightOf(own, group));
    const wrong = own.filter(({ isRight }) => !isRight);
    const taken = wrong.map(({ of, named }) => `${named ?? NONE} (${of.folder}/${of.name})`);
    return `| ${cause === NONE || cause === ELSE ? cause : `[${cause}](runbooks/${cause}.md)`} | ${cells.join(" | ")} | ${taken.join(", ") || "-"} |`;
  });
  const sums = groups.map((group) => rightOf(judged, group));
  return [
    `| cause | ${groups.join(" | ")} | taken for |`,
    `| --- ${groups.map(() => "| --- ").join("")}| --- |`,
    ...rows,
    `| all | ${sums.join(" | ")} | - |`,
  ].join("\n");
}

function rightOf(judged: readonly Judged[], group: Group): string {
  const own = judged.filter(({ of }) => of.group === group);
  return own.length === 0 ? "-" : `${own.filter(({ isRight }) => isRight).length} of ${own.length}`;
}

/** `139 cases of 39 causes`. */
export function sizeOf(judged: readonly Judged[]): string {
  const causes = new Set(judged.flatMap(({ of }) => of.first ?? []));
  return `${counted(judged.length, "case")} of ${counted(causes.size, "cause")}`;
}
