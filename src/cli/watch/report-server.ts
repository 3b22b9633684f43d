import http from "node:http";
import type { AddressInfo } from "node:net";
import { digest } from "../../reads/reads";
import { RELOADING } from "./reloading";

/**
 * The report on loopback. The page is told of by server-sent events and loads itself again; while something is wrong it says
 * so and stays. Whoever is elsewhere, or comes by another name than the machine's own (DNS rebinding), gets nothing.
 */
export class ReportServer {
  readonly #readers = new Set<http.ServerResponse>();
  readonly #server = http.createServer((request, response) => this.#answer(request, response));
  #page = "";
  #problems: readonly string[] = [];

  /** @param port 0 for one that is free @returns the address */
  async start(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** What is shown from now on: a page, unless there is none and the last one stays; and what is wrong. */
  show(page: string | undefined, problems: readonly string[]): void {
    this.#page = page ?? this.#page;
    this.#problems = problems;
    for (const reader of this.#readers) reader.write(this.#state());
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer({ url, headers, method }: http.IncomingMessage, response: http.ServerResponse): void {
    const known = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? "");
    if (!known || method !== "GET")
      return void response.writeHead(403, TEXT).end("This page is for its own machine.\n");
    if (url === "/changes") return this.#listen(response);
    if (url === "/reloading.js") return void response.writeHead(200, SCRIPT).end(RELOADING);
    if (url !== "/") return void response.writeHead(404, TEXT).end("The report is at /.\n");
    response.writeHead(200, PAGE).end(servedPage(this.#page, this.#shown()));
  }

  #listen(response: http.ServerResponse): void {
    response.writeHead(200, EVENTS).write(this.#state());
    this.#readers.add(response);
    response.on("close", () => this.#readers.delete(response));
  }

  #state(): string {
    return `data: ${JSON.stringify({ page: this.#shown(), problems: this.#problems })}\n\n`;
  }

  /** What tells one page from another. */
  #shown(): string {
    return digest(this.#page);
  }
}

const FRESH = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
const TEXT = { ...FRESH, "Content-Type": "text/plain; charset=utf-8" };
const PAGE = { ...FRESH, "Content-Type": "text/html; charset=utf-8" };
const SCRIPT = { ...FRESH, "Content-Type": "text/javascript; charset=utf-8" };
const EVENTS = { ...FRESH, "Content-Type": "text/event-stream; charset=utf-8" };

/** The report's policy forbids scripts and requests. Of this server's own it has to allow one of each. */
export function servedPage(page: string, shown: string): string {
  const script = `<script src="/reloading.js" data-page="${shown}"></script>`;
  if (page === "") return `<!doctype html><title>Octarine report</title><body>${script}</body>`;
  return page
    .replace("default-src 'none';", "default-src 'none'; script-src 'self'; connect-src 'self';")
    .replace("</body>", `${script}</body>`);
}
