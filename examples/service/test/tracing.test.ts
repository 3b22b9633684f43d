import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, describe, it } from "node:test";
import { Metadata, Server, ServerCredentials } from "@grpc/grpc-js";
import { checkHealth, connect, sayHello } from "./support/grpc-client";
import { logged, startService } from "./support/service-process";

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
}

/** A collector that keeps the spans it gets as OTLP over HTTP, in JSON. */
async function startCollector() {
  const spans: Span[] = [];
  const resources: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const data = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      for (const { scopeSpans } of data.resourceSpans)
        spans.push(...scopeSpans.flatMap((scope) => scope.spans));
      resources.push(
        JSON.stringify(data.resourceSpans.map((entry) => ({ ...entry, scopeSpans: undefined }))),
      );
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => server.close());
  const address = server.address();
  assert(address && typeof address === "object");
  return { url: `http://127.0.0.1:${address.port}`, spans, resources };
}

/** A collector that keeps what it gets as OTLP over gRPC, as bytes. */
async function startGrpcCollector() {
  const exports: Buffer[] = [];
  const server = new Server();
  const bytes = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
  const path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  server.addService(
    { Export: { path, requestStream: false, responseStream: false, ...bytes } },
    {
      Export: (call: { request: Buffer }, callback: (error: null, response: Buffer) => void) => {
        exports.push(call.request);
        callback(null, Buffer.alloc(0));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  after(() => server.forceShutdown());
  return { url: `http://127.0.0.1:${port}`, exports };
}

const same = (bytes: Buffer): Buffer => bytes;

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
const traceparent = `00-${TRACE}-${PARENT}-01`;

describe("traces", { timeout: 90_000 }, () => {
  it("go to the collector, the last ones on exit, as children of the caller's; none for probes", async () => {
    const collector = await startCollector();
    const service = await startService({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_SERVICE_NAME: "greeter-of-the-test",
      LOG_LEVEL: "debug",
    });
    const client = connect(service.grpcPort);
    const metadata = new Metadata();
    metadata.set("traceparent", traceparent);
    await fetch(service.url("/api/greetings/Ada"), { headers: { traceparent } });
    await sayHello(client, "Bo", metadata);
    await checkHealth(client);
    for (const path of ["/livez", "/readyz", "/metrics"]) await fetch(service.url(path));
    client.close();
    service.signal();
    assert.equal(await service.exited, 0);
    assert.deepEqual(collector.spans.map(({ name }) => name).sort(), [
      "GET /api/greetings/{name}",
      "grpc.helloworld.Greeter/SayHello",
    ]);
    for (const { traceId, parentSpanId } of collector.spans)
      assert.deepEqual([traceId, parentSpanId], [TRACE, PARENT]);
    assert(collector.resources.every((resource) => resource.includes("greeter-of-the-test")));
    const lines = service.log.filter(({ msg }) => msg === "request" || msg === "call");
    assert.deepEqual(
      lines.filter((line) => line["trace_id"] === TRACE).map(({ msg }) => msg),
      ["request", "call"],
    );
  });

  it("go by gRPC too, with the variables that Octarine sets", async () => {
    const collector = await startGrpcCollector();
    const service = await startService({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_SERVICE_NAME: "greeter",
      OTEL_RESOURCE_ATTRIBUTES: "service.namespace=demo,service.version=v1",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "1",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
    });
    const client = connect(service.grpcPort);
    await fetch(service.url("/api/greetings/Ada"));
    await sayHello(client, "Bo");
    client.close();
    service.signal();
    assert.equal(await service.exited, 0);
    const sent = Buffer.concat(collector.exports).toString("latin1");
    for (const text of ["GET /api/greetings/{name}", "grpc.helloworld.Greeter/SayHello", "service.version"])
      assert(sent.includes(text), text);
  });

  it("do not keep the process when the collector does not answer", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    after(() => silent.closeAllConnections());
    after(() => silent.close());
    const address = silent.address();
    assert(address && typeof address === "object");
    const service = await startService({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${address.port}` });
    await fetch(service.url("/api/greetings/Ada"));
    service.signal();
    const start = performance.now();
    assert.equal(await service.exited, 0);
    assert(performance.now() - start < 6_000);
  });

  it("are off without an endpoint", async () => {
    const service = await startService();
    assert.equal(logged(service, "ready")["traces"], false);
    service.signal();
    assert.equal(await service.exited, 0);
  });
});
