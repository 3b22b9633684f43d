import { fork } from "node:child_process";
import { present } from "../../text/errors";
import { PASS, type Pass } from "./pass";

/**
 * Runs a command of this program once, as a process of its own: it reads code and configuration anew, and what it remembers is
 * gone with it, so that it says what the command by itself would say.
 *
 * @param signal ends it
 */
export function runPass(args: readonly string[], signal: AbortSignal): Promise<Pass> {
  return new Promise((resolve, reject) => {
    const child = fork(present(process.argv[1], "the program"), args, {
      env: { ...process.env, [PASS]: "1" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      signal,
    });
    let said = "";
    let pass: Pass | undefined;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("message", (message) => (pass = message as Pass));
    child.on("error", (error) => (signal.aborted ? undefined : reject(error)));
    child.on("close", (code) => resolve(pass ?? broken(said, code ?? 1)));
  });
}

/** What ended before its work began, such as for an octarine.config.ts that can't be read. */
function broken(said: string, exitCode: number): Pass {
  const problems = said.split("\n").filter((line) => line.trim() !== "");
  return { reads: [], problems, warnings: [], summary: "", exitCode: exitCode || 1 };
}
