import { program } from "../../src/cli/program";

// The code of a command is loaded by its first run.
jest.setTimeout(60_000);

export interface CommandRun {
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly remarks: string;
  readonly exitCode: number;
}

/** Runs the program in this process, as far as a command's own errors: those are thrown. */
export async function runCommand(...args: string[]): Promise<CommandRun> {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    jest.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await program().parseAsync(args, { from: "user" });
    return { output: written.stdout, remarks: written.stderr, exitCode: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = before;
    spies.forEach((spy) => spy.mockRestore());
  }
}
