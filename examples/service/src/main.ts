import { ConfigError, readConfig } from "./config";
import { createLog } from "./log";

/** Traces are off unless they have somewhere to go. */
const wantsTraces = (environment: NodeJS.ProcessEnv): boolean =>
  environment["OTEL_SDK_DISABLED"] !== "true" &&
  Boolean(environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] || environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);

async function main(): Promise<number> {
  const log = createLog("info");
  const die = (error: unknown) => {
    log.fatal({ err: error }, "the process cannot go on");
    process.exit(1);
  };
  process.on("uncaughtException", die).on("unhandledRejection", die);
  try {
    const config = readConfig(process.env);
    log.level = config.logLevel;
    const tracing = wantsTraces(process.env) ? (await import("./tracing")).startTracing() : undefined;
    // Loaded only now: what it loads is then traced.
    const { runService } = await import("./service");
    return await runService(config, log, tracing);
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [];
    for (const problem of problems) log.fatal(problem);
    if (problems.length === 0) die(error);
    return 1;
  }
}

void main().then((code) => process.exit(code));
