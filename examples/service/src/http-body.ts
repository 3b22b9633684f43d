import { type IncomingMessage } from "node:http";
import { InvalidRequest } from "./greeting";

export class BodyTooLarge extends Error {}

/** The body as JSON; throws BodyTooLarge as soon as it is known to pass the limit, InvalidRequest if it is not JSON. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const body = await readBytes(request, maxBytes);
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new InvalidRequest("the body is not JSON");
  }
}

function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = Number(request.headers["content-length"] ?? 0) > maxBytes ? Infinity : 0;
    const read = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) return void chunks.push(chunk);
      // The rest is read and forgotten: a client that is cut off while it sends would not see the answer.
      request.off("data", read).resume();
      reject(new BodyTooLarge());
    };
    request
      .on("data", read)
      .once("end", () => resolve(Buffer.concat(chunks)))
      .once("error", reject);
  });
}
