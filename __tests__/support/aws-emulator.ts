import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

/**
 * As much of S3 and STS as Terraform's S3 backend uses, on loopback: objects, listings by prefix, writes that must not
 * overwrite (the native lock), and roles that anybody may assume.
 */
export class AwsEmulator {
  /** Objects by `bucket/key`. */
  readonly objects = new Map<string, Buffer>();
  /** Headers of the last write of each object. */
  readonly writeHeaders = new Map<string, http.IncomingHttpHeaders>();
  /** ARNs of the roles that were assumed. */
  readonly assumedRoles = new Set<string>();
  private readonly missing = new Map<string, () => boolean>();
  private readonly server: http.Server;

  constructor() {
    this.server = http.createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  /**
   * Starts to listen and returns the environment that leads the AWS SDKs here. The backend asks for buckets by host
   * name (`bucket.s3.test`), which no resolver knows: so the emulator is the HTTP proxy that gets to see them.
   */
  async start(): Promise<Record<string, string>> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const proxy = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return {
      AWS_ENDPOINT_URL_S3: "http://s3.test",
      AWS_ENDPOINT_URL_STS: "http://sts.test",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      HTTP_PROXY: proxy,
      http_proxy: proxy,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Keys in a bucket, sorted. */
  keys(bucket: string): string[] {
    return [...this.objects.keys()]
      .filter((path) => path.startsWith(`${bucket}/`))
      .map((path) => path.slice(bucket.length + 1))
      .sort();
  }

  /**
   * Answers NoSuchBucket for a bucket until `made` is true for the first time. Every other bucket is there from the
   * start: the offline providers make none.
   */
  makeBucketWhen(bucket: string, made: () => boolean): void {
    this.missing.set(bucket, made);
  }

  private hasBucket(bucket: string): boolean {
    if (this.missing.get(bucket)?.()) this.missing.delete(bucket);
    return !this.missing.has(bucket);
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await readBody(request);
    const url = new URL(request.url ?? "/", "http://emulator");
    if (url.hostname === "sts.test") return this.sts(new URLSearchParams(body.toString()), response);
    // The AWS CLI names the bucket in the path of an endpoint that is not Amazon's.
    const [, inPath = "", rest = "/"] = /^\/([^/]*)(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    const isByPath = url.hostname === "s3.test";
    const bucket = isByPath ? inPath : url.hostname.replace(/\.s3\.test$/, "");
    if (!this.hasBucket(bucket)) return fail(response, 404, "NoSuchBucket");
    if (url.searchParams.get("list-type") === "2") return this.list(bucket, url.searchParams, response);
    const key = isByPath ? rest : decodeURIComponent(url.pathname);
    this.object(request, `${bucket}${key}`, body, response);
  }

  private object(
    request: http.IncomingMessage,
    path: string,
    body: Buffer,
    response: http.ServerResponse,
  ): void {
    const existing = this.objects.get(path);
    switch (request.method) {
      case "PUT":
        if (request.headers["if-none-match"] === "*" && existing)
          return fail(response, 412, "PreconditionFailed");
        this.objects.set(path, unchunked(request, body));
        this.writeHeaders.set(path, request.headers);
        return void response.writeHead(200, { ETag: etag(body) }).end();
      case "DELETE":
        this.objects.delete(path);
        return void response.writeHead(204).end();
      case "GET":
      case "HEAD": {
        if (!existing) return fail(response, 404, "NoSuchKey");
        const headers = { ETag: etag(existing), "Content-Length": existing.length };
        return void response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : existing);
      }
      default:
        return fail(response, 405, "MethodNotAllowed");
    }
  }

  private list(bucket: string, query: URLSearchParams, response: http.ServerResponse): void {
    const prefix = query.get("prefix") ?? "";
    const found = this.keys(bucket).filter((key) => key.startsWith(prefix));
    const contents = found.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join("");
    const text = `<ListBucketResult><Name>${bucket}</Name><Prefix>${prefix}</Prefix><KeyCount>${found.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`;
    response.writeHead(200, { "Content-Type": "application/xml" }).end(text);
  }

  private sts(form: URLSearchParams, response: http.ServerResponse): void {
    const action = form.get("Action") ?? "";
    const arn = form.get("RoleArn") ?? "arn:aws:iam::000000000000:user/test";
    if (action === "AssumeRole") this.assumedRoles.add(arn);
    const results: Record<string, string> = {
      GetCallerIdentity: `<Arn>${arn}</Arn><UserId>AIDATEST</UserId><Account>000000000000</Account>`,
      AssumeRole: `<AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROATEST:octarine</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIATEST</AccessKeyId><SecretAccessKey>test</SecretAccessKey><SessionToken>test</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
    };
    const result = results[action];
    if (result === undefined) return fail(response, 400, "InvalidAction");
    const text = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
    response.writeHead(200, { "Content-Type": "text/xml" }).end(text);
  }
}

async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The SDK may send a body in signed chunks: `size;chunk-signature=...`, data, and so on. */
function unchunked(request: http.IncomingMessage, body: Buffer): Buffer {
  if (request.headers["content-encoding"] !== "aws-chunked") return body;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = parseInt(body.subarray(at, lineEnd).toString(), 16);
    if (!size) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

function etag(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

function fail(response: http.ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { "Content-Type": "application/xml" })
    .end(`<Error><Code>${code}</Code></Error>`);
}
