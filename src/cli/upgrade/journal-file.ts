import fs from "node:fs";
import type { Target } from "../../model/target";
import { type Journal, journalSchema } from "../../upgrade/journal";
import { CommandFailure } from "../report-error";
import { writeWhole } from "../write-whole";

/**
 * Where an upgrade keeps how far it has come: beside cdktf.json and not in the output folder, which anybody may delete. It is there
 * only between a hop's first step and its last.
 */
export function journalFile({ workspace }: Target): string {
  return `${workspace}.upgrade.json`;
}

/** @throws CommandFailure where there is a file that is none */
export function readJournal(target: Target): Journal | undefined {
  const file = journalFile(target);
  if (!fs.existsSync(file)) return undefined;
  const text = fs.readFileSync(file, "utf8");
  try {
    return journalSchema.parse(JSON.parse(text));
  } catch {
    throw new CommandFailure(
      `${file} is not the journal of an upgrade that this version reads; remove it to begin anew: all stacks are then looked at`,
    );
  }
}

export function writeJournal(target: Target, journal: Journal): void {
  writeWhole(journalFile(target), `${JSON.stringify(journal, null, 2)}\n`);
}

export function removeJournal(target: Target): void {
  fs.rmSync(journalFile(target), { force: true });
}
