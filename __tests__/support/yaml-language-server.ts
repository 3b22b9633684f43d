import { type ChildProcessByStdio, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { root } from "./pages";

const bin = path.join(root, "node_modules", "yaml-language-server", "bin", "yaml-language-server");

/** Why VS Code's YAML server can't be used here; undefined where it can. */
export const missingYamlServer = (): string | undefined =>
  fs.existsSync(bin) ? undefined : "yaml-language-server is not installed";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly uri: string;
    readonly diagnostics: readonly { message: string }[];
    items?: [];
  };
  readonly result?: unknown;
}

/** What is offered to be written. */
export interface Offer {
  readonly label: string;
  readonly insertText?: string;
  readonly documentation?: string | { readonly value: string };
}

/** VS Code's YAML server over a folder, spoken to as an editor does (Language Server Protocol, over standard input). */
export class YamlServer {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #problems = new Map<string, (problems: readonly string[]) => void>();
  #read = Buffer.alloc(0);
  #asked = 0;

  private constructor(
    private readonly folder: string,
    private readonly settings: Readonly<Record<string, unknown>>,
  ) {
    this.#child = spawn(process.execPath, [bin, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout.on("data", (data: Buffer) => this.#hear(data));
  }

  /** @param schemas files of schemas, with the patterns of the files that they are for, as `yaml.schemas` has them */
  static async start(folder: string, schemas: Readonly<Record<string, unknown>> = {}): Promise<YamlServer> {
    const server = new YamlServer(folder, { hover: true, completion: true, validate: true, schemas });
    const uri = pathToFileURL(folder).href;
    await server.#ask("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "platform" }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
          hover: { contentFormat: ["markdown"] },
        },
      },
    });
    server.#send({ method: "initialized", params: {} });
    server.#send({
      method: "workspace/didChangeConfiguration",
      params: { settings: { yaml: server.settings } },
    });
    return server;
  }

  /** Opens a file and waits for what is wrong with it. */
  async problems(file: string): Promise<readonly string[]> {
    const uri = this.#uri(file);
    const text = fs.readFileSync(path.join(this.folder, file), "utf8");
    const found = new Promise<readonly string[]>((resolve) => this.#problems.set(uri, resolve));
    this.#send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "yaml", version: 1, text } },
    });
    return await found;
  }

  /** What is shown over the first place of a text in an opened file. */
  async hover(file: string, at: string): Promise<string> {
    const found = await this.#ask("textDocument/hover", this.#place(file, at, 0));
    return (found as { contents: { value: string } }).contents.value;
  }

  /** What is offered right after the first place of a text in an opened file. */
  async offered(file: string, after: string): Promise<readonly Offer[]> {
    const found = await this.#ask("textDocument/completion", this.#place(file, after, after.length));
    return (found as { items: Offer[] }).items;
  }

  stop(): void {
    this.#child.kill();
  }

  #uri(file: string): string {
    return pathToFileURL(path.join(this.folder, file)).href;
  }

  #place(file: string, text: string, further: number) {
    const before = fs.readFileSync(path.join(this.folder, file), "utf8").split(text)[0] ?? "";
    const lines = `${before}${text.slice(0, further)}`.split("\n");
    return {
      textDocument: { uri: this.#uri(file) },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    };
  }

  #ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#asked;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #hear(data: Buffer): void {
    this.#read = Buffer.concat([this.#read, data]);
    for (;;) {
      const end = this.#read.indexOf("\r\n\r\n");
      const [, length = "0"] =
        /Content-Length: (\d+)/.exec(this.#read.subarray(0, Math.max(end, 0)).toString()) ?? [];
      const next = end + 4 + Number(length);
      if (end < 0 || this.#read.length < next) return;
      const message = JSON.parse(this.#read.subarray(end + 4, next).toString()) as Message;
      this.#read = this.#read.subarray(next);
      this.#answer(message);
    }
  }

  #answer({ id, method, params, result }: Message): void {
    if (method === "textDocument/publishDiagnostics" && params !== undefined)
      this.#problems.get(params.uri)?.(params.diagnostics.map(({ message }) => message));
    else if (id !== undefined && method !== undefined)
      this.#send({
        id,
        result: method === "workspace/configuration" ? this.#asSettings(params?.items) : null,
      });
    else if (id !== undefined) this.#answers.get(id)?.(result);
  }

  #asSettings(items: readonly { readonly section?: string }[] = []): unknown[] {
    return items.map(({ section }) => (section === "yaml" ? this.settings : {}));
  }
}
