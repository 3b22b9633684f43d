import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { missingProgram } from "./missing-tools";

/** Program of moto (https://docs.getmoto.org), which emulates the APIs of AWS on loopback. */
const server = process.env.OCTARINE_MOTO ?? built();

/** As a lab next to this repository builds it. */
function built(): string | undefined {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "lab-offline");
  if (!fs.existsSync(cache)) return undefined;
  return fs
    .readdirSync(cache)
    .filter((name) => name.startsWith("moto-"))
    .map((name) => path.join(cache, name, "bin", "moto_server"))
    .find((file) => fs.existsSync(file));
}

/** Why AWS can't be emulated here; undefined where it can. */
export const missingAccounts = (): string | undefined =>
  server === undefined
    ? "there is no moto (OCTARINE_MOTO names its program moto_server)"
    : missingProgram("aws", "--version");

type Parameters = Readonly<Record<string, string | number>>;

/** Versions of the APIs that are asked in the Query protocol. */
const VERSIONS = {
  ec2: "2016-11-15",
  elasticloadbalancing: "2015-12-01",
  iam: "2010-05-08",
  classic: "2012-06-01",
} as const;

/** Accounts of AWS, emulated: they begin empty, and nothing of them is left. */
export class AwsAccounts {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<AwsAccounts> {
    const port = await freePort();
    const env = { ...process.env, MOTO_EC2_LOAD_DEFAULT_AMIS: "false" };
    const child = spawn(server ?? "", ["-H", "127.0.0.1", "-p", `${port}`], { env, stdio: "ignore" });
    const url = `http://127.0.0.1:${port}`;
    for (let tries = 0; ; tries++) {
      if (
        await fetch(`${url}/moto-api/`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      if (tries > 300) throw new Error("moto does not answer");
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return new AwsAccounts(child, url);
  }

  stop(): void {
    this.process.kill();
  }

  /** Leads the aws CLI here, but to what has an address of its own (AWS_ENDPOINT_URL_S3). */
  env(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_DEFAULT_REGION: "us-east-1",
      NO_PROXY: "127.0.0.1",
      no_proxy: "127.0.0.1",
    };
  }

  /** Calls an API of the Query protocol; gives its answer in XML. */
  async query(service: keyof typeof VERSIONS, action: string, parameters: Parameters = {}): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: VERSIONS[service] });
    for (const [key, value] of Object.entries(parameters)) body.append(key, `${value}`);
    return await this.post(service === "classic" ? "elasticloadbalancing" : service, body, {
      "content-type": "application/x-www-form-urlencoded",
    });
  }

  /** Calls an API that speaks JSON. */
  async json(service: string, target: string, body: object): Promise<string> {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    return await this.post(service, JSON.stringify(body), headers);
  }

  private async post(
    service: string,
    body: string | URLSearchParams,
    headers: Record<string, string>,
  ): Promise<string> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const response = await fetch(this.url, { method: "POST", body, headers: { ...headers, authorization } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service}: ${text}`);
    return text;
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The first text of an element in an answer. */
export function element(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  if (found === undefined) throw new Error(`no ${name} in ${xml}`);
  return found;
}

/** Every text of an element in an answer. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);
}
