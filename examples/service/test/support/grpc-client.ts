import { Client, credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { type HealthCheckResponse__Output } from "../../src/gen/grpc/health/v1/HealthCheckResponse";
import { loadServices } from "../../src/grpc-definitions";

const { greeter, health } = loadServices();

interface Method<Request, Response> {
  readonly path: string;
  readonly requestSerialize: (request: Request) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Response;
}

/** A channel with connections of its own. */
export const connect = (port: number): Client =>
  new Client(`127.0.0.1:${port}`, credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });

const unary = <Request, Response>(
  client: Client,
  { path, requestSerialize, responseDeserialize }: Method<Request, Response>,
  request: Request,
  metadata: Metadata | undefined,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const done = (error: ServiceError | null, response?: Response) =>
      response === undefined ? reject(error ?? new Error("no response")) : resolve(response);
    if (metadata)
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, done);
    else client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, done);
  });

export const sayHello = async (client: Client, name: string, metadata?: Metadata): Promise<string> =>
  (await unary(client, greeter.SayHello, { name }, metadata)).message;

export const checkHealth = async (client: Client, service = ""): Promise<string> =>
  (await unary(client, health.Check, { service }, undefined)).status;

/** Reports each status of a Watch until the server ends it. */
export async function watchHealth(client: Client, onStatus: (status: string) => void): Promise<void> {
  const { path, requestSerialize, responseDeserialize } = health.Watch;
  const stream = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, { service: "" });
  for await (const { status } of stream as AsyncIterable<HealthCheckResponse__Output>) onStatus(status);
}
