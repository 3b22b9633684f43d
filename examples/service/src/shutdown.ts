import { setTimeout as sleep } from "node:timers/promises";
import { type Lifecycle } from "./lifecycle";
import { type StoppableServer } from "./stoppable-server";

export interface Shutdown {
  readonly lifecycle: Lifecycle;
  readonly servers: readonly StoppableServer[];
  /** From the start until new connections are refused. */
  readonly drainDelayMs: number;
  /** From the start until what is left is closed. */
  readonly deadlineMs: number;
}

/**
 * 1. /readyz and the health service fail; HTTP answers ask their clients to close the connection.
 * 2. For `drainDelayMs` all that comes is still served: endpoint controllers, proxies and load balancers take this pod
 *    out of their lists one after the other, and send new requests until they have.
 * 3. New connections are refused; what is in flight ends. HTTP connections are closed as they become idle, gRPC
 *    clients get a GOAWAY and go on elsewhere.
 * 4. At `deadlineMs` what is left is closed, and the result is "deadline".
 */
export async function shutDown(shutdown: Shutdown): Promise<"drained" | "deadline"> {
  const { lifecycle, servers, drainDelayMs, deadlineMs } = shutdown;
  lifecycle.beginDraining();
  const drained = (async () => {
    await sleep(drainDelayMs);
    await Promise.all(servers.map((server) => server.stop()));
    return "drained" as const;
  })();
  const timer = new AbortController();
  const outcome = await Promise.race([drained, sleep(deadlineMs, "deadline" as const, timer)]);
  timer.abort();
  if (outcome === "deadline") for (const server of servers) server.abandon();
  return outcome;
}
