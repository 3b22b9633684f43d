import { spawn } from "node:child_process";
import { CommandFailure } from "../report-error";

/**
 * Runs kubectl's port-forward until it ends or somebody ends it.
 *
 * @param ready called once the port leads somewhere
 * @throws CommandFailure where it ends by itself
 */
export function portForward(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("kubectl", args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let isReady = false;
    let isEnded = false;
    let said = "";
    const end = () => {
      isEnded = true;
      child.kill();
    };
    process.once("SIGINT", end).once("SIGTERM", end).once("SIGHUP", end);
    const done = () => process.off("SIGINT", end).off("SIGTERM", end).off("SIGHUP", end);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (isReady || !text.includes("Forwarding from")) return;
      isReady = true;
      ready();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = `${said}${text}`.slice(-4000)));
    child.on("error", (error: NodeJS.ErrnoException) => {
      done();
      const why = error.code === "ENOENT" ? "kubectl is not installed" : error.message;
      reject(new CommandFailure(`the port can't be forwarded: ${why}`));
    });
    child.on("close", (code) => {
      done();
      if (isEnded) return resolve();
      const lines = said.trim().split("\n");
      const port = lines.some((line) => /address already in use|unable to listen/i.test(line))
        ? "; choose another port with --port"
        : "";
      reject(
        new CommandFailure(
          `kubectl port-forward ended (${code ?? "by a signal"}): ${lines.at(-1) ?? ""}${port}`,
        ),
      );
    });
  });
}

/** How a browser is opened, by the system. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Opens a browser and waits for nothing; nobody minds where there is none. */
export function openBrowser(url: string): void {
  const [command = "xdg-open", ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  spawn(command, [...args, url], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}
