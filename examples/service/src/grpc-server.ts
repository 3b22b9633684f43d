import { setTimeout as sleep } from "node:timers/promises";
import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { type Config } from "./config";
import { type GreeterHandlers } from "./gen/helloworld/Greeter";
import { type Greeter, InvalidRequest } from "./greeting";
import { GREETER, loadServices } from "./grpc-definitions";
import { Health } from "./grpc-health";
import { type Lifecycle } from "./lifecycle";
import { type Log } from "./log";
import { type Metrics } from "./metrics";
import { type StoppableServer } from "./stoppable-server";

/** A peer that has vanished without closing its connection is noticed after the two together. */
const KEEPALIVE_MS = 60_000;
const KEEPALIVE_TIMEOUT_MS = 20_000;
const MAX_CALLS_PER_CONNECTION = 1_000;
const CLOSE_POLL_MS = 50;
const CLOSE_GRACE_MS = 500;

interface Context {
  readonly config: Config;
  readonly greeter: Greeter;
  readonly lifecycle: Lifecycle;
  readonly log: Log;
  readonly metrics: Metrics;
}

export async function startGrpcServer(context: Context): Promise<StoppableServer> {
  const { config, greeter, lifecycle } = context;
  const server = new Server({
    "grpc.max_receive_message_length": config.maxRequestBytes,
    "grpc.max_concurrent_streams": MAX_CALLS_PER_CONNECTION,
    "grpc.max_connection_idle_ms": config.grpcIdleTimeoutMs,
    "grpc.max_connection_age_ms": config.grpcMaxConnectionAgeMs,
    "grpc.max_connection_age_grace_ms": config.shutdownTimeoutMs,
    "grpc.keepalive_time_ms": KEEPALIVE_MS,
    "grpc.keepalive_timeout_ms": KEEPALIVE_TIMEOUT_MS,
  });
  const health = new Health(lifecycle);
  const greeterHandlers: GreeterHandlers = {
    SayHello: unary(context, `${GREETER}/SayHello`, async ({ name }, signal) => ({
      message: await greeter.greet(name, signal),
    })),
  };
  const services = loadServices();
  server.addService(services.greeter, greeterHandlers);
  server.addService(services.health, health.handlers());
  return {
    port: await listen(server, config.grpcPort),
    stop: () => {
      health.endWatches();
      return stop(server, () => context.metrics.inFlight().grpc);
    },
    abandon: () => server.forceShutdown(),
  };
}

/** Listens on every address: IPv6 and IPv4, or IPv4 alone where the pod has no IPv6. */
async function listen(server: Server, port: number): Promise<number> {
  const bind = (host: string) =>
    new Promise<number>((resolve, reject) => {
      server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
  return bind("[::]").catch(() => bind("0.0.0.0"));
}

/**
 * grpc-js waits until each peer has closed its side too, which one that has vanished never does: so when all calls are
 * answered, peers have CLOSE_GRACE_MS for it.
 */
async function stop(server: Server, callsInFlight: () => number): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.tryShutdown((error) => (error ? reject(error) : resolve()));
  });
  const answered = (async () => {
    while (callsInFlight() > 0) await sleep(CLOSE_POLL_MS);
    await sleep(CLOSE_GRACE_MS);
  })();
  await Promise.race([closed, answered]);
  server.forceShutdown();
}

/** A handler as a plain function; its errors become statuses, and each call is counted and timed. */
function unary<Request, Response>(
  { metrics, log }: Context,
  method: string,
  handle: (request: Request, signal: AbortSignal) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const end = metrics.begin("grpc");
    const gone = new AbortController();
    call.once("cancelled", () => gone.abort());
    const finish = (code: status) => {
      if (call.cancelled) metrics.countAbandoned("grpc");
      const labels = { method, code: status[call.cancelled ? status.CANCELLED : code] };
      const seconds = end();
      metrics.observeGrpc(labels, seconds);
      log.debug({ ...labels, seconds }, "call");
    };
    handle(call.request, gone.signal).then(
      (response) => {
        finish(status.OK);
        callback(null, response);
      },
      (error: unknown) => {
        const answer = failure(error);
        if (answer.code === status.INTERNAL && !call.cancelled) log.error({ err: error }, "call failed");
        finish(answer.code);
        callback(answer);
      },
    );
  };
}

function failure(error: unknown): { readonly code: status; readonly details: string } {
  return error instanceof InvalidRequest
    ? { code: status.INVALID_ARGUMENT, details: error.message }
    : { code: status.INTERNAL, details: "internal error" };
}
