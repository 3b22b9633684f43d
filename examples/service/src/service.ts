import { setTimeout as sleep } from "node:timers/promises";
import { type Config, LAST_STEPS_MS } from "./config";
import { createGreeter } from "./greeting";
import { startGrpcServer } from "./grpc-server";
import { routes } from "./http-routes";
import { startHttpServer } from "./http-server";
import { Lifecycle } from "./lifecycle";
import { type Log } from "./log";
import { Metrics } from "./metrics";
import { shutDown } from "./shutdown";
import { type Tracing } from "./tracing";

/** Serves until SIGTERM or SIGINT; resolves to the exit code: 0, or 1 if requests had to be abandoned. */
export async function runService(config: Config, log: Log, tracing: Tracing | undefined): Promise<number> {
  const lifecycle = new Lifecycle();
  const metrics = new Metrics();
  const greeter = createGreeter(config.greetingDelayMs);
  // Before anything listens: as process 1 of its container it would otherwise not hear the signal at all.
  const signalled = firstSignal(["SIGTERM", "SIGINT"]);

  const table = routes(greeter, lifecycle, metrics, config.maxRequestBytes);
  const http = await startHttpServer({ config, lifecycle, log, metrics, table });
  const grpc = await startGrpcServer({ config, greeter, lifecycle, log, metrics });
  lifecycle.becomeReady();
  log.info({ http: http.port, grpc: grpc.port, traces: tracing !== undefined }, "ready");

  const signal = await signalled;
  const start = performance.now();
  const before = metrics.started();
  log.info({ signal, inFlight: metrics.inFlight() }, "draining");
  const outcome = await shutDown({
    lifecycle,
    servers: [http, grpc],
    drainDelayMs: config.drainDelayMs,
    deadlineMs: config.shutdownTimeoutMs - LAST_STEPS_MS,
  });
  const started = metrics.started();
  const report = {
    drainMs: Math.round(performance.now() - start),
    startedAfterSignal: { http: started.http - before.http, grpc: started.grpc - before.grpc },
  };
  if (outcome === "drained") log.info(report, "stopped");
  else
    log.error(
      { ...report, inFlight: metrics.inFlight() },
      "stopped at the deadline, requests were abandoned",
    );

  // A collector that does not answer must not keep the process.
  await Promise.race([
    tracing?.stop().catch((error: unknown) => log.warn({ err: error }, "spans lost")),
    sleep(LAST_STEPS_MS),
  ]);
  return outcome === "drained" ? 0 : 1;
}

/** Later signals are ignored: the deadline ends the process in any case. */
function firstSignal(signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve(signal));
  });
}
