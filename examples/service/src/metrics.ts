import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export type Protocol = "http" | "grpc";

/** What is being served now, and what has been served, by protocol. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly current: Record<Protocol, number> = { http: 0, grpc: 0 };
  private readonly total: Record<Protocol, number> = { http: 0, grpc: 0 };
  private readonly inFlightGauge: Gauge<"protocol">;
  private readonly httpDuration: Histogram<"method" | "route" | "status">;
  private readonly grpcDuration: Histogram<"method" | "code">;
  private readonly abandoned: Counter<"protocol">;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    const registers = [this.registry];
    this.inFlightGauge = new Gauge({
      name: "requests_in_flight",
      help: "Requests that are being served now.",
      labelNames: ["protocol"],
      registers,
    });
    this.httpDuration = new Histogram({
      name: "http_request_duration_seconds",
      help: "From the end of a request's headers to the end of its response.",
      labelNames: ["method", "route", "status"],
      registers,
    });
    this.grpcDuration = new Histogram({
      name: "grpc_server_handling_seconds",
      help: "From the start of a call to its status.",
      labelNames: ["method", "code"],
      registers,
    });
    this.abandoned = new Counter({
      name: "requests_abandoned_total",
      help: "Requests whose client went away before the answer was complete.",
      labelNames: ["protocol"],
      registers,
    });
  }

  inFlight(): Readonly<Record<Protocol, number>> {
    return { ...this.current };
  }

  started(): Readonly<Record<Protocol, number>> {
    return { ...this.total };
  }

  /** Counts a request; the returned function ends it, and gives its duration in seconds. */
  begin(protocol: Protocol): () => number {
    const start = process.hrtime.bigint();
    this.current[protocol] += 1;
    this.total[protocol] += 1;
    this.inFlightGauge.set({ protocol }, this.current[protocol]);
    return () => {
      this.current[protocol] -= 1;
      this.inFlightGauge.set({ protocol }, this.current[protocol]);
      return Number(process.hrtime.bigint() - start) / 1e9;
    };
  }

  observeHttp(labels: { method: string; route: string; status: number }, seconds: number): void {
    this.httpDuration.observe(labels, seconds);
  }

  observeGrpc(labels: { method: string; code: string }, seconds: number): void {
    this.grpcDuration.observe(labels, seconds);
  }

  countAbandoned(protocol: Protocol): void {
    this.abandoned.inc({ protocol });
  }

  async render(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
