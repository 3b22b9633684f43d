import assert from "node:assert/strict";
import { connect as connectTcp } from "node:net";
import { after, before, describe, it } from "node:test";
import { status } from "@grpc/grpc-js";
import { checkHealth, connect, sayHello } from "./support/grpc-client";
import { type ServiceProcess, startService } from "./support/service-process";

const post = (url: string, body: string) => fetch(url, { method: "POST", body });

describe("the service", () => {
  let service: ServiceProcess;
  const grpc = () => {
    const client = connect(service.grpcPort);
    after(() => client.close());
    return client;
  };
  before(async () => {
    service = await startService({
      MAX_REQUEST_BYTES: "1000",
      HTTP_HEADERS_TIMEOUT_MS: "300",
      HTTP_IDLE_TIMEOUT_MS: "1000",
      LOG_LEVEL: "debug",
    });
  });
  after(async () => {
    service.signal();
    await service.exited;
  });

  it("greets over HTTP and gRPC", async () => {
    assert.deepEqual(await (await fetch(service.url("/api/greetings/Ada%20L"))).json(), {
      message: "Hello Ada L",
    });
    const posted = await post(service.url("/api/greetings"), '{"name":"Bo"}');
    assert.deepEqual(await posted.json(), { message: "Hello Bo" });
    assert.equal(await sayHello(grpc(), "Cy"), "Hello Cy");
  });

  it("is alive and ready, also by gRPC's health service", async () => {
    for (const path of ["/livez", "/readyz"])
      assert.equal((await fetch(service.url(path))).status, 200, path);
    assert.equal(await checkHealth(grpc()), "SERVING");
    assert.equal(await checkHealth(grpc(), "helloworld.Greeter"), "SERVING");
    await assert.rejects(checkHealth(grpc(), "other.Service"), { code: status.NOT_FOUND });
  });

  const answers: readonly (readonly [string, () => Promise<Response>, number, string])[] = [
    ["another path", () => fetch(service.url("/nothing")), 404, "there is nothing at this path"],
    [
      "another method",
      () => fetch(service.url("/api/greetings"), { method: "DELETE" }),
      405,
      "DELETE is not allowed here",
    ],
    [
      "a wrong percent code",
      () => fetch(service.url("/api/greetings/%ff")),
      400,
      "the path has a wrong percent code",
    ],
    ["what is not JSON", () => post(service.url("/api/greetings"), "{"), 400, "the body is not JSON"],
    [
      "a body without a name",
      () => post(service.url("/api/greetings"), "[]"),
      400,
      'the body has no name; send {"name": "Ada"}',
    ],
    [
      "a name that is too long",
      () => fetch(service.url(`/api/greetings/${"a".repeat(101)}`)),
      400,
      "name has 101 characters; give 1 to 100",
    ],
    [
      "a body above the limit",
      () => post(service.url("/api/greetings"), "x".repeat(100_000)),
      413,
      "the body has more than 1000 bytes",
    ],
  ];
  for (const [what, ask, code, error] of answers) {
    it(`answers ${code} to ${what}`, async () => {
      const response = await ask();
      assert.equal(response.status, code);
      assert.deepEqual(await response.json(), { error });
    });
  }

  it("refuses a gRPC message above the limit and a name that is none", async () => {
    await assert.rejects(sayHello(grpc(), "x".repeat(2_000)), { code: status.RESOURCE_EXHAUSTED });
    await assert.rejects(sayHello(grpc(), " "), {
      code: status.INVALID_ARGUMENT,
      details: "name has 0 characters; give 1 to 100",
    });
  });

  it("answers 408 to headers that do not come in time, and closes an idle keep-alive connection", async () => {
    const slow = await conversation(service.httpPort, "GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    assert.match(slow.text, /^HTTP\/1\.1 408 /);
    const idle = await conversation(service.httpPort, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.match(idle.text, /^HTTP\/1\.1 200 .*Connection: keep-alive/s);
    assert(idle.ms >= 1_000, `closed after ${idle.ms} ms`);
  });

  it("exposes metrics for Prometheus, by route and not by path", async () => {
    await fetch(service.url("/api/greetings/Dee"));
    const metrics = await (await fetch(service.url("/metrics"))).text();
    assert.match(
      metrics,
      /http_request_duration_seconds_count\{method="GET",route="\/api\/greetings\/\{name\}",status="200"\} \d/,
    );
    assert.match(
      metrics,
      /grpc_server_handling_seconds_count\{method="helloworld\.Greeter\/SayHello",code="OK"\} \d/,
    );
    assert.match(metrics, /requests_in_flight\{protocol="http"\} 1\n/);
    assert.match(metrics, /process_cpu_seconds_total /);
    assert(!metrics.includes("Dee"));
  });

  it("writes each request as a line of JSON at level debug", () => {
    const line = service.log.find(({ route }) => route === "/api/greetings/{name}");
    assert.equal(line?.["level"], "debug");
    assert.equal(line["status"], 200);
  });
});

/** What a connection answers to these bytes until the server closes it, and how long that takes. */
function conversation(port: number, bytes: string): Promise<{ text: string; ms: number }> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let text = "";
    connectTcp(port, "127.0.0.1", function (this: ReturnType<typeof connectTcp>) {
      this.write(bytes);
    })
      .setEncoding("utf8")
      .on("data", (chunk: string) => (text += chunk))
      .on("error", reject)
      .on("close", () => resolve({ text, ms: performance.now() - start }));
  });
}
