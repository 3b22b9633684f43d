import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { root } from "./offline-terraform";
import path from "node:path";

/** A command that watches a folder, and what it has said. */
export class Watching {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<number | null>;
  #output = "";
  #wake: () => void = () => undefined;

  constructor(folder: string, ...args: string[]) {
    const { OCTARINE_ENVS: _, ...env } = process.env;
    this.#child = spawn(process.execPath, [path.join(root, "bin", "octarine.mjs"), ...args], {
      cwd: folder,
      env,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
        this.#wake();
      });
    this.#ended = new Promise((resolve) => this.#child.on("close", resolve));
    void this.#ended.then(() => this.#wake());
  }

  /** Waits until it has said something that was not read yet, and reads as far as that line's end. */
  async until(text: RegExp): Promise<string> {
    for (;;) {
      const found = text.exec(this.#output);
      const end = found === null ? -1 : this.#output.indexOf("\n", found.index + found[0].length);
      if (end >= 0) {
        const said = this.#output.slice(0, end + 1);
        this.#output = this.#output.slice(end + 1);
        return said;
      }
      if (this.#child.exitCode !== null) throw new Error(`it ended and said only:\n${this.#output}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Sends a signal, or none, and waits for the end. */
  async end(signal?: NodeJS.Signals): Promise<{ readonly exitCode: number | null; readonly rest: string }> {
    if (signal !== undefined) this.#child.kill(signal);
    return { exitCode: await this.#ended, rest: this.#output };
  }
}

/** Does something with a command that watches, and ends it whatever happens. */
export async function whileWatching(
  folder: string,
  args: readonly string[],
  work: (watching: Watching) => Promise<void>,
): Promise<void> {
  const watching = new Watching(folder, ...args);
  try {
    await work(watching);
  } finally {
    await watching.end("SIGKILL");
  }
}
