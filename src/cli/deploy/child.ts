import { spawn, type SpawnOptions } from "node:child_process";
import os from "node:os";
import { CommandFailure } from "../report-error";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof SIGNALS)[number];

/** A signal asked this program to end, and what it had started has ended in order. */
export class Interrupted extends CommandFailure {
  /** As shells count: 128 and the signal's number. */
  override readonly exitCode: number;

  constructor(readonly signal: Signal) {
    super(`interrupted by ${signal}`);
    this.exitCode = 128 + os.constants.signals[signal];
  }
}

export interface Ended {
  /** Exit code; undefined where a signal killed the program. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The first signal that arrived here meanwhile. */
  readonly interruptedBy: Signal | undefined;
  /** A second signal came: the program may have left things half done. */
  readonly forced: boolean;
}

/** From now on a signal does not end us, until this is called: then whatever listens gets what arrived. */
export function holdSignals(): () => void {
  const hold = () => undefined;
  SIGNALS.forEach((signal) => process.on(signal, hold));
  return () => SIGNALS.forEach((signal) => process.off(signal, hold));
}

const MEANT_AFTER_MS = 3_000;

/**
 * Runs a program to its end. Signals that arrive here are handed on, and the program is waited for: Terraform then finishes what it
 * is at, writes its state and gives its lock back. It has a process group of its own, so that Ctrl-C on a terminal reaches
 * it once, by us.
 */
export function runChild(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env" | "stdio">,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let interruptedBy: Signal | undefined;
    let since = 0;
    let forced = false;
    const handOn = (signal: Signal) => {
      // One Ctrl-C comes twice where npx runs us, by the terminal and by npm, and so does the end of a terminal. A second one
      // that is meant is later, and makes Terraform leave everything as it is.
      const now = performance.now();
      if (interruptedBy === undefined) since = now;
      else if (now - since < MEANT_AFTER_MS) return;
      else forced = true;
      interruptedBy ??= signal;
      // Terraform does not notice that a terminal is gone.
      child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
    };
    // Before the program starts: that takes milliseconds, in which a signal would end us alone.
    SIGNALS.forEach((signal) => process.on(signal, handOn));
    const child = spawn(command, args, { ...options, detached: true });
    const text = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (data: string) => (text[name] += data));
    }
    const done = () => SIGNALS.forEach((signal) => process.off(signal, handOn));
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("close", (code) => {
      done();
      resolve({ ...text, status: code ?? undefined, interruptedBy, forced });
    });
  });
}
