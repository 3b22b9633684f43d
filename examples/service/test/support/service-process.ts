import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type LogLine = Readonly<Record<string, unknown>>;

export interface ServiceProcess {
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly url: (path: string) => string;
  readonly log: readonly LogLine[];
  readonly signal: (signal?: NodeJS.Signals) => void;
  readonly exited: Promise<number | null>;
}

/** Node's permission model with no right to write anywhere: a write would end the process with an error. */
const noWrites = [
  process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission",
  "--allow-fs-read=*",
];
const packageRoot = join(__dirname, "..", "..");

export interface RunningProcess {
  readonly log: readonly LogLine[];
  readonly exited: Promise<number | null>;
  readonly child: ReturnType<typeof spawn>;
}

/** Starts the built service with these variables and no others. */
export function spawnService(
  env: Readonly<Record<string, string>>,
  onLine: (line: LogLine) => void = () => {},
  root = packageRoot,
): RunningProcess {
  const child = spawn(process.execPath, [...noWrites, join(root, "dist", "main.js")], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const log: LogLine[] = [];
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line: unknown = JSON.parse(text);
    assert(isLogLine(line), `not a JSON object: ${text}`);
    log.push(line);
    onLine(line);
  });
  process.once("exit", () => child.kill("SIGKILL"));
  // "close", not "exit": all that was logged has then been read.
  const exited = once(child, "close").then(([code]: unknown[]) => (typeof code === "number" ? code : null));
  return { log, exited, child };
}

const isLogLine = (value: unknown): value is LogLine => typeof value === "object" && value !== null;

/** Starts the service on free ports and waits until it says that it is ready. */
export async function startService(
  env: Readonly<Record<string, string>> = {},
  root = packageRoot,
): Promise<ServiceProcess> {
  let ready: (line: LogLine) => void = () => {};
  const readyLine = new Promise<LogLine>((resolve) => (ready = resolve));
  const onLine = (line: LogLine) => {
    if (line["msg"] === "ready") ready(line);
  };
  const variables = { HTTP_PORT: "0", GRPC_PORT: "0", DRAIN_DELAY_MS: "300", ...env };
  const running = spawnService(variables, onLine, root);
  const line = await Promise.race([readyLine, running.exited]);
  assert(
    line !== null && typeof line === "object",
    `ended before it was ready: ${JSON.stringify(running.log)}`,
  );
  const { http, grpc } = line;
  assert(typeof http === "number" && typeof grpc === "number");
  return {
    httpPort: http,
    grpcPort: grpc,
    url: (path) => `http://127.0.0.1:${http}${path}`,
    log: running.log,
    signal: (signal = "SIGTERM") => void running.child.kill(signal),
    exited: running.exited,
  };
}

/** The one log line with this message. */
export function logged(service: Pick<ServiceProcess, "log">, message: string): LogLine {
  const [line, ...more] = service.log.filter(({ msg }) => msg === message);
  assert(line && more.length === 0, `not one line "${message}": ${JSON.stringify(service.log)}`);
  return line;
}
