import { logLevels, type NumberSetting, settings } from "./settings";

type LogLevel = (typeof logLevels)[number];
export type Config = { readonly [Key in keyof typeof settings]: number } & { readonly logLevel: LogLevel };

/** Kept for the last steps of a shutdown: closing connections and sending the last spans. */
export const LAST_STEPS_MS = 1_000;

/** Every problem of the environment, one line each. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigError";
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration that the environment gives; throws a ConfigError that names every wrong variable. */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const number = (setting: NumberSetting) => readNumber(setting, environment, problems);
  const config: Config = {
    logLevel: readLogLevel(environment, problems),
    httpPort: number(settings.httpPort),
    grpcPort: number(settings.grpcPort),
    drainDelayMs: number(settings.drainDelayMs),
    shutdownTimeoutMs: number(settings.shutdownTimeoutMs),
    httpHeadersTimeoutMs: number(settings.httpHeadersTimeoutMs),
    httpRequestTimeoutMs: number(settings.httpRequestTimeoutMs),
    httpIdleTimeoutMs: number(settings.httpIdleTimeoutMs),
    grpcIdleTimeoutMs: number(settings.grpcIdleTimeoutMs),
    grpcMaxConnectionAgeMs: number(settings.grpcMaxConnectionAgeMs),
    maxRequestBytes: number(settings.maxRequestBytes),
    greetingDelayMs: number(settings.greetingDelayMs),
  };
  if (problems.length === 0) problems.push(...conflicts(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readNumber(setting: NumberSetting, environment: Environment, problems: string[]): number {
  const { env, fallback, min, max, unit } = setting;
  const text = environment[env];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && ((value >= min && value <= max) || (unit === "port" && value === 0)))
    return value;
  const remedy =
    unit === "port"
      ? `give a port from ${min} to ${max}, or 0 for any free one`
      : `give a whole number of ${unit} from ${min} to ${max}`;
  problems.push(`${env} is ${JSON.stringify(text)}; ${remedy}`);
  return fallback;
}

function readLogLevel(environment: Environment, problems: string[]): LogLevel {
  const text = environment["LOG_LEVEL"] || "info";
  const level = logLevels.find((name) => name === text);
  if (level) return level;
  problems.push(`LOG_LEVEL is ${JSON.stringify(text)}; give one of ${logLevels.join(", ")}`);
  return "info";
}

function conflicts(config: Config): string[] {
  const problems: string[] = [];
  const longestDelay = config.shutdownTimeoutMs - 2 * LAST_STEPS_MS;
  if (config.drainDelayMs > longestDelay) {
    problems.push(
      `DRAIN_DELAY_MS is ${config.drainDelayMs}; with SHUTDOWN_TIMEOUT_MS ${config.shutdownTimeoutMs} it may be at most ` +
        `${longestDelay}, so that requests in flight can end`,
    );
  }
  if (config.httpRequestTimeoutMs < config.httpHeadersTimeoutMs) {
    problems.push(
      `HTTP_REQUEST_TIMEOUT_MS is ${config.httpRequestTimeoutMs}; it includes the headers, so give at least ` +
        `HTTP_HEADERS_TIMEOUT_MS, ${config.httpHeadersTimeoutMs}`,
    );
  }
  if (config.httpPort !== 0 && config.httpPort === config.grpcPort) {
    problems.push(`GRPC_PORT is ${config.grpcPort}, which is HTTP_PORT too; give each its own`);
  }
  return problems;
}
