import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, sayHello } from "./grpc-client";

export interface Figures {
  readonly requests: { http: number; grpc: number };
  readonly errors: string[];
  longestMs: number;
}

export interface Load {
  /** Asks no more, waits for the last answers, and gives the figures. */
  readonly stop: () => Promise<Figures>;
}

const GRPC_CHANNELS = 8;
/** Longest pause between an answer and the next request of the same client, so that some connections are idle. */
const PAUSE_MS = 40;
/** The clients begin one after the other within this time, so that they do not all wait and ask at once. */
const RAMP_MS = 1_000;

/**
 * Clients that each ask again as soon as they are answered, know nothing of pods, and never retry: half of them over
 * HTTP keep-alive connections, half as gRPC calls that share a few connections.
 */
export function startLoad(ports: { httpPort: number; grpcPort: number }, clientsPerProtocol: number): Load {
  const figures: Figures = { requests: { http: 0, grpc: 0 }, errors: [], longestMs: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: clientsPerProtocol });
  const channels = Array.from({ length: GRPC_CHANNELS }, () => connect(ports.grpcPort));
  let stopped = false;

  const run = async (protocol: "http" | "grpc", client: number, ask: (name: string) => Promise<string>) => {
    await sleep((client / clientsPerProtocol) * RAMP_MS);
    for (let turn = 0; !stopped; turn += 1) {
      const name = `${protocol}-${client}-${turn}`;
      const start = performance.now();
      figures.requests[protocol] += 1;
      await ask(name).then(
        (answer) => answer === `Hello ${name}` || figures.errors.push(`${name}: answered ${answer}`),
        (error: unknown) => figures.errors.push(`${name}: ${String(error)}`),
      );
      figures.longestMs = Math.max(figures.longestMs, performance.now() - start);
      await sleep(Math.random() * PAUSE_MS);
    }
  };
  const clients = Array.from({ length: clientsPerProtocol }, (_, client) => [
    // POST is the hard case: nothing on the way may send it again.
    run("http", client, (name) => post(agent, ports.httpPort, name)),
    run("grpc", client, (name) => {
      const channel = channels[client % GRPC_CHANNELS];
      return channel ? sayHello(channel, name) : Promise.reject(new Error("no channel"));
    }),
  ]).flat();

  return {
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
      agent.destroy();
      for (const channel of channels) channel.close();
      return figures;
    },
  };
}

function post(agent: Agent, port: number, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { agent, host: "127.0.0.1", port, method: "POST", path: "/api/greetings" },
      (response) => {
        let body = "";
        response
          .setEncoding("utf8")
          .on("data", (chunk: string) => (body += chunk))
          .on("error", reject)
          .on("end", () => {
            const answer: unknown = JSON.parse(body);
            const message =
              typeof answer === "object" && answer && "message" in answer ? answer.message : body;
            resolve(response.statusCode === 200 ? String(message) : `${response.statusCode} ${body}`);
          });
      },
    );
    outgoing.on("error", reject).end(JSON.stringify({ name }));
  });
}
