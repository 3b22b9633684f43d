/** A whole-number setting, read from the environment variable of its name. */
export interface NumberSetting {
  readonly env: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  readonly unit: "ms" | "bytes" | "port";
  readonly meaning: string;
}

const port = (env: string, fallback: number, meaning: string): NumberSetting => ({
  env,
  fallback,
  // 0 asks the system for a free port; the ports below 1024 would need a privilege.
  min: 1024,
  max: 65_535,
  unit: "port",
  meaning,
});

const duration = (
  env: string,
  fallback: number,
  [min, max]: readonly [number, number],
  meaning: string,
): NumberSetting => ({ env, fallback, min, max, unit: "ms", meaning });

/** Everything that can be set, beside LOG_LEVEL and OpenTelemetry's own OTEL_* variables. */
export const settings = {
  httpPort: port("HTTP_PORT", 8080, "API, probes and metrics"),
  grpcPort: port("GRPC_PORT", 50_051, "gRPC"),
  drainDelayMs: duration(
    "DRAIN_DELAY_MS",
    5_000,
    [0, 25_000],
    "from SIGTERM until new connections are refused",
  ),
  shutdownTimeoutMs: duration(
    "SHUTDOWN_TIMEOUT_MS",
    25_000,
    [2_000, 30_000],
    "from SIGTERM until exit, whatever is left",
  ),
  httpHeadersTimeoutMs: duration(
    "HTTP_HEADERS_TIMEOUT_MS",
    5_000,
    [100, 60_000],
    "for a request's headers to arrive",
  ),
  httpRequestTimeoutMs: duration(
    "HTTP_REQUEST_TIMEOUT_MS",
    15_000,
    [100, 300_000],
    "for a whole request to arrive",
  ),
  httpIdleTimeoutMs: duration(
    "HTTP_IDLE_TIMEOUT_MS",
    120_000,
    [1_000, 3_600_000],
    "until an unused keep-alive connection is closed",
  ),
  grpcIdleTimeoutMs: duration(
    "GRPC_IDLE_TIMEOUT_MS",
    300_000,
    [1_000, 3_600_000],
    "until a connection without calls is closed",
  ),
  grpcMaxConnectionAgeMs: duration(
    "GRPC_MAX_CONNECTION_AGE_MS",
    1_800_000,
    [1_000, 86_400_000],
    "until clients must connect anew, and so find new pods",
  ),
  maxRequestBytes: {
    env: "MAX_REQUEST_BYTES",
    fallback: 65_536,
    min: 1,
    max: 16_777_216,
    unit: "bytes",
    meaning: "largest HTTP body and gRPC message",
  },
  greetingDelayMs: duration(
    "GREETING_DELAY_MS",
    0,
    [0, 120_000],
    "how long a greeting takes, in place of a slow dependency",
  ),
} as const satisfies Record<string, NumberSetting>;

export const logLevels = ["debug", "info", "warn", "error"] as const;
