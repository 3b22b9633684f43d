import { type ServerWritableStream, status } from "@grpc/grpc-js";
import { type HealthCheckRequest__Output } from "./gen/grpc/health/v1/HealthCheckRequest";
import { type HealthCheckResponse } from "./gen/grpc/health/v1/HealthCheckResponse";
import { type HealthHandlers } from "./gen/grpc/health/v1/Health";
import { GREETER } from "./grpc-definitions";
import { type Lifecycle } from "./lifecycle";

/** The server as a whole goes by the empty name. */
const services: readonly string[] = ["", GREETER];

type Watch = ServerWritableStream<HealthCheckRequest__Output, HealthCheckResponse>;

/** The gRPC twin of /readyz. */
export class Health {
  private readonly watches = new Set<Watch>();

  constructor(private readonly lifecycle: Lifecycle) {
    lifecycle.onChange(() => {
      for (const watch of this.watches) watch.write(this.answer(watch.request.service));
    });
  }

  handlers(): HealthHandlers {
    return {
      Check: ({ request }, callback) => {
        if (services.includes(request.service)) return callback(null, this.answer(request.service));
        callback({ code: status.NOT_FOUND, details: `there is no service ${request.service}` });
      },
      Watch: (watch) => {
        this.watches.add(watch);
        watch.once("cancelled", () => this.watches.delete(watch));
        watch.write(this.answer(watch.request.service));
      },
    };
  }

  /** Ends the watches, which would hold their connections open for ever. */
  endWatches(): void {
    for (const watch of this.watches) watch.end();
    this.watches.clear();
  }

  private answer(service: string): HealthCheckResponse {
    if (!services.includes(service)) return { status: "SERVICE_UNKNOWN" };
    return { status: this.lifecycle.phase === "ready" ? "SERVING" : "NOT_SERVING" };
  }
}
