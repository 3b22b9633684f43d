import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Socket } from "node:net";
import { trace } from "@opentelemetry/api";
import { type Config } from "./config";
import { InvalidRequest } from "./greeting";
import { BodyTooLarge } from "./http-body";
import { json, matchRoute, type Reply, type Route } from "./http-routes";
import { type Lifecycle } from "./lifecycle";
import { type Log } from "./log";
import { type Metrics } from "./metrics";
import { type StoppableServer } from "./stoppable-server";

/** How often Node looks for connections that are past a timeout; its own default of 30 s is longer than the timeouts. */
const TIMEOUT_CHECK_MS = 500;

interface Context {
  readonly config: Config;
  readonly lifecycle: Lifecycle;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly table: readonly Route[];
}

/** Listens on every address, IPv6 included where the pod has it. */
export async function startHttpServer(context: Context): Promise<StoppableServer> {
  const { config } = context;
  const server = createServer(
    {
      headersTimeout: config.httpHeadersTimeoutMs,
      requestTimeout: config.httpRequestTimeoutMs,
      keepAliveTimeout: config.httpIdleTimeoutMs,
      connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, config.httpHeadersTimeoutMs),
    },
    (request, response) => void serve(context, request, response),
  );
  const sockets = trackSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.httpPort, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : config.httpPort,
    stop: () => stop(server, sockets, config.httpHeadersTimeoutMs),
    abandon: () => server.closeAllConnections(),
  };
}

async function serve(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { metrics, lifecycle, log } = context;
  const end = metrics.begin("http");
  const gone = new AbortController();
  const method = request.method ?? "";
  let template = "none";
  response.once("close", () => {
    const seconds = end();
    if (!response.writableFinished) metrics.countAbandoned("http");
    gone.abort();
    const labels = { method, route: template, status: response.statusCode };
    metrics.observeHttp(labels, seconds);
    log.debug({ ...labels, seconds }, "request");
  });
  let reply: Reply;
  try {
    const { route, parameter, allowed } = matchRoute(context.table, method, request.url ?? "/");
    if (route) {
      template = route.template;
      nameSpan(method, template);
      reply = await route.handle({ request, parameter, signal: gone.signal });
    } else if (allowed.length > 0) {
      reply = json(405, { error: `${method} is not allowed here` }, { allow: allowed.join(", ") });
    } else {
      reply = json(404, { error: "there is nothing at this path" });
    }
  } catch (error) {
    if (gone.signal.aborted || request.socket.destroyed) return;
    reply = failure(error, context.config.maxRequestBytes, log);
  }
  // A client that is told with its answer that the connection ends cannot lose a request to the closing.
  response
    .writeHead(reply.status, {
      ...reply.headers,
      "content-type": reply.contentType,
      "content-length": Buffer.byteLength(reply.body),
      ...(lifecycle.phase === "draining" ? { connection: "close" } : {}),
    })
    .end(reply.body);
}

function nameSpan(method: string, template: string): void {
  trace.getActiveSpan()?.updateName(`${method} ${template}`).setAttribute("http.route", template);
}

function failure(error: unknown, maxBytes: number, log: Log): Reply {
  if (error instanceof InvalidRequest) return json(400, { error: error.message });
  if (error instanceof BodyTooLarge) return json(413, { error: `the body has more than ${maxBytes} bytes` });
  log.error({ err: error }, "request failed");
  return json(500, { error: "internal error" });
}

interface SocketState {
  requests: number;
}

function trackSockets(server: Server): ReadonlyMap<Socket, SocketState> {
  const sockets = new Map<Socket, SocketState>();
  server.on("connection", (socket) => {
    sockets.set(socket, { requests: 0 });
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    const state = sockets.get(socket);
    if (!state) return;
    state.requests += 1;
    response.once("close", () => (state.requests -= 1));
  });
  return sockets;
}

/**
 * Node closes connections that have been used and are idle, but no longer watches over the timeouts of the others:
 * one that has never sent a byte is closed at once, and one within a request's headers gets the time it had anyway.
 */
async function stop(
  server: Server,
  sockets: ReadonlyMap<Socket, SocketState>,
  headersTimeoutMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  const destroyWhere = (chosen: (socket: Socket) => boolean) => {
    for (const [socket, { requests }] of sockets) if (requests === 0 && chosen(socket)) socket.destroy();
  };
  destroyWhere((socket) => socket.bytesRead === 0);
  const timer = setTimeout(() => destroyWhere(() => true), headersTimeoutMs);
  await closed;
  clearTimeout(timer);
}
