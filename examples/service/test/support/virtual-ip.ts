import { once } from "node:events";
import { createServer, connect, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type ServiceProcess } from "./service-process";

/**
 * A Service of Kubernetes on this machine, for both protocols: /readyz decides which pods are endpoints, a change takes
 * effect only after a lag, and it concerns new connections alone. Connections are passed through byte by byte; one that
 * is open stays with its pod until the pod closes it.
 */
export class VirtualIp {
  private pods: readonly ServiceProcess[] = [];
  private endpoints: readonly ServiceProcess[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly servers: Server[] = [];
  private closed = false;
  httpPort = 0;
  grpcPort = 0;

  private constructor(
    private readonly probeMs: number,
    private readonly lagMs: number,
  ) {}

  static async open(probeMs: number, lagMs: number): Promise<VirtualIp> {
    const ip = new VirtualIp(probeMs, lagMs);
    ip.httpPort = await ip.listen((pod) => pod.httpPort);
    ip.grpcPort = await ip.listen((pod) => pod.grpcPort);
    void ip.watchReadiness();
    return ip;
  }

  setPods(pods: readonly ServiceProcess[]): void {
    this.pods = pods;
  }

  /** Resolves when new connections go to all of these. */
  async settled(pods: readonly ServiceProcess[]): Promise<void> {
    while (!pods.every((pod) => this.endpoints.includes(pod))) await sleep(this.probeMs);
  }

  close(): void {
    this.closed = true;
    for (const server of this.servers) server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private async listen(portOf: (pod: ServiceProcess) => number): Promise<number> {
    let turn = 0;
    const server = createServer((client) => {
      const pod = this.endpoints[turn++ % this.endpoints.length];
      if (!pod) return void client.destroy();
      const upstream = connect(portOf(pod), "127.0.0.1");
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        this.sockets.add(from);
        from.setNoDelay(true).on("error", () => to.destroy());
        from.once("close", () => this.sockets.delete(from));
        from.pipe(to);
      }
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    this.servers.push(server);
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  private async watchReadiness(): Promise<void> {
    while (!this.closed) {
      const probed = await Promise.all(this.pods.map(async (pod) => ((await isReady(pod)) ? [pod] : [])));
      const endpoints = probed.flat();
      setTimeout(() => (this.endpoints = endpoints), this.lagMs).unref();
      await sleep(this.probeMs);
    }
  }
}

const isReady = ({ url }: ServiceProcess): Promise<boolean> =>
  fetch(url("/readyz")).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
