import http from "node:http";
import type { AddressInfo } from "node:net";

/** Path to what it answers: a status, or a body with headers. */
export type Routes = Readonly<
  Record<string, number | string | { status: number; headers?: Record<string, string>; body?: string }>
>;

export interface Loopback {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** Method, path and authorization of each request, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** An HTTP server on this machine; `$HOST` in an answer is its own address. */
export async function loopback(routes: Routes): Promise<Loopback> {
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    const key = `${request.url ?? ""}${request.headers.authorization ? ` ${request.headers.authorization}` : ""}`;
    requests.push(key);
    const route = routes[key] ?? 404;
    if (typeof route === "number") return response.writeHead(route).end();
    const {
      status,
      headers = {},
      body = "",
    } = typeof route === "string" ? { status: 200, body: route } : route;
    const own = (text: string) => text.replaceAll("$HOST", host);
    const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, own(value)]));
    return response.writeHead(status, filled).end(own(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    host,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
