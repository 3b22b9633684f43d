import { setTimeout } from "node:timers/promises";
import { tellProgress } from "../progress";
import { CommandFailure } from "../report-error";
import { interruptible } from "../upgrade/interruptible";

const PAUSE_MS = 15_000;

/**
 * Asks until nothing is missing.
 *
 * @param missing what is; undefined for nothing
 * @throws CommandFailure with what still is when the time is over
 */
export async function waitUntil(
  what: string,
  minutes: number,
  missing: () => Promise<string | undefined>,
): Promise<void> {
  const end = Date.now() + minutes * 60_000;
  for (;;) {
    const why = await interruptible(missing());
    if (why === undefined) return;
    const left = end - Date.now();
    if (left <= 0)
      throw new CommandFailure(
        `waited ${minutes} minutes for ${what}: ${why}. The same command goes on here`,
      );
    tellProgress(`waiting for ${what}: ${why}`);
    await interruptible(setTimeout(Math.min(PAUSE_MS, left)));
  }
}
