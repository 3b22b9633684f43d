import os from "node:os";
import { Reads, recordReads } from "../../reads/reads";
import { CommandFailure } from "../report-error";
import { print, say } from "../terminal";
import { tellProgress } from "../progress";
import { changesBetween } from "./changed-reads";
import { changeOf } from "./notices";
import { readOwnCode } from "./own-code";
import type { Pass } from "./pass";
import { passText } from "./pass-text";
import { runPass } from "./run-pass";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Called after each pass, with those before it. */
type OnPass = (pass: Pass, before: Pass | undefined) => void;

/**
 * Runs this command again whenever something changes that it read, and says what changed, until Ctrl-C. A command that is wrongly used
 * ends at once; what is wrong with files never ends it.
 *
 * @param args of the command, without `--watch`
 */
export async function watch(args: readonly string[], onPass: OnPass = () => undefined): Promise<void> {
  const stop = new AbortController();
  const end = (signal: NodeJS.Signals) => {
    // As shells count, and as other programs that watch do: `watch && deploy` does not go on to deploy.
    process.exitCode = 128 + os.constants.signals[signal];
    stop.abort();
  };
  SIGNALS.forEach((signal) => process.on(signal, end));
  try {
    await passes(args, stop.signal, onPass);
  } finally {
    SIGNALS.forEach((signal) => process.off(signal, end));
  }
}

async function passes(args: readonly string[], signal: AbortSignal, onPass: OnPass): Promise<void> {
  let before: Pass | undefined;
  while (!signal.aborted) {
    tellProgress("reading what changed");
    const code = new Reads();
    recordReads(code, () => readOwnCode(process.cwd()));
    const ran = await runPass(args, signal);
    if (signal.aborted) return;
    if (before === undefined && ran.exitCode === 2) throw new WrongUsage(ran);
    // What broke before it read anything is mended by what was read before, or by code.
    const known = ran.reads.length === 0 && before !== undefined ? before.reads : ran.reads;
    const reads = [...known, ...code.all];
    // Warnings are told of what is valid; until then nobody knows.
    const warnings = ran.problems.length > 0 ? (before?.warnings ?? []) : ran.warnings;
    const outputs = ran.outputs ?? before?.outputs;
    const pass: Pass = { ...ran, reads, warnings, ...(outputs && { outputs }) };
    const changes = before === undefined ? [] : changesBetween(before.reads, pass.reads);
    const text = passText(pass, before, changes);
    if (text !== "") print(text);
    onPass(pass, before);
    if (before === undefined) say("watching for changes; Ctrl-C ends it");
    before = pass;
    await changeOf(pass.reads, signal);
  }
}

/** What a pass is called with: this program's own arguments, but for the wish to watch. */
export function watchedArgs(): string[] {
  return process.argv.slice(2).filter((each) => each !== "--watch");
}

class WrongUsage extends CommandFailure {
  override readonly exitCode = 2;

  constructor({ problems }: Pass) {
    super(problems.join("\n"));
  }
}
