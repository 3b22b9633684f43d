import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { testUnless } from "./missing-tools";

const program = [process.env.CHROMIUM ?? "", "chromium", "chromium-browser", "google-chrome"].find(
  (each) => each !== "" && spawnSync(each, ["--version"]).status === 0,
);

/** Why there is no browser here; undefined where there is one. */
export const withoutBrowser = program === undefined ? "there is no Chromium (CHROMIUM names one)" : undefined;

/** `test` for what needs a real browser. */
export function browserTest(name: string, body: () => Promise<void>): void {
  testUnless(withoutBrowser, name, body, 60_000);
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One page of a headless Chromium, driven by the DevTools protocol over a pipe: no port, no package. */
export class Browser {
  /** Everything that the page asked for, and what it wrote to its console or threw. */
  readonly requests: string[] = [];
  readonly complaints: string[] = [];
  private readonly waiting = new Map<number, (message: Message) => void>();
  private session: string | undefined;
  private next = 1;
  private buffer = "";

  private constructor(
    private readonly child: ChildProcess,
    private readonly input: Writable,
    output: Readable,
    private readonly profile: string,
  ) {
    output.on("data", (data: Buffer) => this.receive(data.toString()));
  }

  /** A file, or a URL. */
  static async open(place: string): Promise<Browser> {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-browser-"));
    const child = spawn(
      program ?? "chromium",
      [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"],
        `--user-data-dir=${profile}`,
        "about:blank",
      ],
      // A process group of its own, so that its children can be ended with it.
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], detached: true },
    );
    const [, , , input, output] = child.stdio;
    const browser = new Browser(child, input as Writable, output as Readable, profile);
    const { targetInfos } = await browser.send<{ targetInfos: { targetId: string; type: string }[] }>(
      "Target.getTargets",
    );
    const targetId = targetInfos.find(({ type }) => type === "page")?.targetId;
    const { sessionId } = await browser.send<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    browser.session = sessionId;
    for (const domain of ["Page", "Network", "Log", "Runtime"]) await browser.send(`${domain}.enable`);
    await browser.send("Page.navigate", { url: place.includes("://") ? place : `file://${place}` });
    await browser.evaluate(
      "new Promise((done) => document.readyState === 'complete' ? done() : onload = done)",
    );
    return browser;
  }

  send<Result = unknown>(method: string, params: Record<string, unknown> = {}): Promise<Result> {
    const id = this.next++;
    this.input.write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return new Promise((resolve, reject) =>
      this.waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result as Result) : reject(new Error(`${method}: ${error.message}`)),
      ),
    );
  }

  /** The value of an expression in the page. */
  async evaluate<Result>(expression: string): Promise<Result> {
    const { result } = await this.send<{ result: { value: Result } }>("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    return result.value;
  }

  async press(key: string): Promise<void> {
    for (const type of ["rawKeyDown", "keyUp"]) {
      await this.send("Input.dispatchKeyEvent", { type, key, code: key, windowsVirtualKeyCode: KEYS[key] });
    }
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once("close", resolve));
    // Children of a browser that ends by itself go on writing to the profile.
    if (this.child.pid !== undefined) process.kill(-this.child.pid, "SIGKILL");
    await gone;
    fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  private receive(text: string): void {
    const parts = (this.buffer + text).split("\0");
    this.buffer = parts.pop() ?? "";
    for (const part of parts) {
      const message = JSON.parse(part) as Message;
      if (message.id !== undefined) this.waiting.get(message.id)?.(message);
      else this.note(message);
    }
  }

  private note({ method, params }: Message): void {
    const { request } = (params ?? {}) as { request?: { url: string } };
    if (method === "Network.requestWillBeSent" && request !== undefined) this.requests.push(request.url);
    const isComplaint = ["Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"];
    if (method !== undefined && isComplaint.includes(method)) this.complaints.push(JSON.stringify(params));
  }
}

const KEYS: Readonly<Record<string, number>> = { Tab: 9, Enter: 13 };
