import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { type Finished, run } from "./offline-terraform";

/** Brings up loopback, on which nothing of this system listens, and hands connections to one port on through a socket file. */
const INSIDE = `
const { spawn, spawnSync } = require("node:child_process");
const net = require("node:net");
const [socket, command, ...args] = process.argv.slice(1);
if (spawnSync("ip", ["link", "set", "lo", "up"]).status !== 0) process.exit(99);
const server = net.createServer((client) => {
  const through = net.connect(socket);
  client.pipe(through).pipe(client);
  for (const end of [client, through]) end.on("error", () => { client.destroy(); through.destroy(); });
});
server.listen(0, "127.0.0.1", () => {
  const proxy = "http://127.0.0.1:" + server.address().port;
  const env = { ...process.env, HTTP_PROXY: proxy, http_proxy: proxy };
  spawn(command, args, { stdio: "inherit", env }).on("close", (status) => process.exit(status ?? 1));
});
`;

/** Why a network namespace can't be made here; undefined where it can. */
export function noNamespaces(): string | undefined {
  const tried = spawnSync("unshare", ["-rn", "ip", "link", "set", "lo", "up"]);
  return tried.status === 0
    ? undefined
    : "this system lets nobody make a network namespace (unshare -rn, ip link)";
}

/** Programs in a network namespace that has a loopback and no route; one server outside is reached as their HTTP proxy. */
export class WithoutRoute {
  private constructor(
    private readonly socket: string,
    private readonly bridge: net.Server,
  ) {}

  /** @param proxy `http://127.0.0.1:PORT` of the server outside */
  static async start(dir: string, proxy: string): Promise<WithoutRoute> {
    const { hostname, port } = new URL(proxy);
    const socket = path.join(dir, "bridge.sock");
    const bridge = net.createServer((client) => {
      const through = net.connect(Number(port), hostname);
      client.pipe(through).pipe(client);
      for (const end of [client, through]) {
        end.on("error", () => {
          client.destroy();
          through.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => bridge.listen(socket, resolve));
    return new WithoutRoute(socket, bridge);
  }

  run(command: string, args: readonly string[], cwd: string, env: Record<string, string>): Promise<Finished> {
    const inside = ["-rn", process.execPath, "-e", INSIDE, this.socket, command, ...args];
    return run("unshare", inside, cwd, env);
  }

  stop(): void {
    this.bridge.close();
    fs.rmSync(this.socket, { force: true });
  }
}
