import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect as connectTcp } from "node:net";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, sayHello, watchHealth } from "./support/grpc-client";
import { logged, startService } from "./support/service-process";

const drainMs = (service: Parameters<typeof logged>[0]) => Number(logged(service, "stopped")["drainMs"]);

describe("on SIGTERM", { timeout: 90_000 }, () => {
  it("fails readiness first, stays alive and serves on until the drain delay is over", async () => {
    const service = await startService({ DRAIN_DELAY_MS: "2500" });
    service.signal();
    await sleep(200);
    const ready = await fetch(service.url("/readyz"));
    assert.equal(ready.status, 503);
    assert.equal(await ready.text(), "draining\n");
    assert.equal(ready.headers.get("connection"), "close");
    assert.equal((await fetch(service.url("/livez"))).status, 200);
    assert.equal((await fetch(service.url("/api/greetings/Ada"))).status, 200);
    const client = connect(service.grpcPort);
    assert.equal(await sayHello(client, "Ada"), "Hello Ada");
    client.close();
    assert.equal(await service.exited, 0);
    assert(drainMs(service) >= 2_500);
  });

  it("lets requests in flight end after it has refused new ones", async () => {
    const service = await startService({ DRAIN_DELAY_MS: "0", GREETING_DELAY_MS: "1500" });
    const client = connect(service.grpcPort);
    const inFlight = Promise.all([
      fetch(service.url("/api/greetings/Ada")).then((response) => response.json()),
      sayHello(client, "Bo"),
    ]);
    await sleep(500);
    service.signal();
    await sleep(300);
    await assert.rejects(fetch(service.url("/livez")), /fetch failed/);
    assert.deepEqual(await inFlight, [{ message: "Hello Ada" }, "Hello Bo"]);
    client.close();
    assert.equal(await service.exited, 0);
  });

  it("does not wait for connections on which nothing happens, nor for a watch of its health", async () => {
    const service = await startService({ HTTP_HEADERS_TIMEOUT_MS: "12000" });
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(service.url("/livez"), { agent }), "response")) as [
      NodeJS.ReadableStream,
    ];
    response.resume();
    const silent = [service.httpPort, service.grpcPort].map((port) => connectTcp(port, "127.0.0.1"));
    await Promise.all(silent.map((socket) => once(socket, "connect")));
    const client = connect(service.grpcPort);
    const statuses: string[] = [];
    const watch = watchHealth(client, (status) => statuses.push(status));
    while (statuses.length === 0) await sleep(20);
    service.signal();
    assert.equal(await service.exited, 0);
    await watch;
    assert.deepEqual(statuses, ["SERVING", "NOT_SERVING"]);
    assert(drainMs(service) < 6_000, `took ${drainMs(service)} ms`);
    agent.destroy();
    for (const socket of silent) socket.destroy();
    client.close();
  });

  it("gives a client in the middle of its headers the time it had anyway", async () => {
    const service = await startService({ HTTP_HEADERS_TIMEOUT_MS: "10000" });
    const slow = connectTcp(service.httpPort, "127.0.0.1");
    let answer = "";
    slow.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
    slow.write("GET /api/greetings/Ada HTTP/1.1\r\n");
    await sleep(100);
    service.signal();
    await sleep(1_000);
    slow.write("Host: a\r\n\r\n");
    assert.equal(await service.exited, 0);
    assert.match(answer, /^HTTP\/1\.1 200 .*Hello Ada/s);
    assert(drainMs(service) < 6_000, `took ${drainMs(service)} ms`);
  });

  it("ends at the deadline, whatever is in flight, with exit code 1 and says what it left", async () => {
    const service = await startService({ SHUTDOWN_TIMEOUT_MS: "2500", GREETING_DELAY_MS: "60000" });
    const client = connect(service.grpcPort);
    const lost = Promise.allSettled([fetch(service.url("/api/greetings/Ada")), sayHello(client, "Bo")]);
    await sleep(500);
    service.signal();
    service.signal("SIGINT");
    const start = performance.now();
    assert.equal(await service.exited, 1);
    assert(performance.now() - start < 2_500 + 2_000);
    assert.deepEqual(
      (await lost).map(({ status }) => status),
      ["rejected", "rejected"],
    );
    const line = logged(service, "stopped at the deadline, requests were abandoned");
    assert.deepEqual(line["inFlight"], { http: 1, grpc: 1 });
    client.close();
  });
});
