import { spawnSync } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import path from "node:path";
import type { Manifest } from "../../src/modules/manifest";
import { present } from "../../src/text/errors";
import { describeUnless } from "./missing-tools";

/** A folder with up.sh and down.sh, which start and stop a real Kubernetes API server on this machine. */
const kit = realPath(
  process.env.OCTARINE_CLUSTER_OFFLINE ?? path.join(__dirname, "..", "..", "..", "shared", "cluster-offline"),
);

/** Its scripts look for their neighbours by the path that they are called by, which a link does not have. */
function realPath(folder: string): string {
  return fs.existsSync(folder) ? fs.realpathSync(folder) : folder;
}

/** Starting it the first time builds it, which takes minutes. */
export const START_TIMEOUT_MS = 600_000;

/** What pods of a namespace run as, which a controller makes that is not there. */
export function defaultAccount(namespace: string): Manifest {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace } };
}

/** `describe` for what needs a real API server: one of its own, which starts before its tests and stops after them. */
export function describeOnCluster(name: string, body: (cluster: () => OfflineCluster) => void): void {
  const missing = fs.existsSync(path.join(kit, "up.sh"))
    ? undefined
    : "there is no cluster to try it on (OCTARINE_CLUSTER_OFFLINE names a folder with up.sh and down.sh)";
  describeUnless(missing, name, () => {
    let cluster: OfflineCluster | undefined;
    beforeAll(() => {
      cluster = OfflineCluster.start();
    }, START_TIMEOUT_MS);
    // Undefined where it could not be started.
    afterAll(() => cluster?.stop());
    body(() => present(cluster, "the cluster, which starts before the tests,"));
  });
}

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly "certificate-authority-data": string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

export interface Answer {
  readonly status: number;
  /** What the server says of a refusal. */
  readonly message: string;
  /** Warnings sent along. */
  readonly warnings: string;
}

/** A cluster of a test's own. */
export class OfflineCluster {
  private readonly agent: https.Agent;
  private readonly plurals = new Map<string, string>();

  private constructor(
    private readonly name: string,
    private readonly config: Kubeconfig,
    /** For kubectl. */
    readonly kubeconfig: string,
  ) {
    const ca = Buffer.from(config.clusters[0].cluster["certificate-authority-data"], "base64");
    this.agent = new https.Agent({ ca, keepAlive: true });
  }

  static start(): OfflineCluster {
    const name = `octarine-test-${process.pid}`;
    const up = spawnSync(path.join(kit, "up.sh"), [name], { encoding: "utf8", timeout: START_TIMEOUT_MS });
    if (up.status !== 0) throw new Error(`no cluster: ${up.stderr}`);
    const file = up.stdout.trim();
    return new OfflineCluster(name, JSON.parse(fs.readFileSync(file, "utf8")) as Kubeconfig, file);
  }

  stop(): void {
    this.agent.destroy();
    spawnSync(path.join(kit, "down.sh"), [this.name]);
  }

  /** Applies what nothing may refuse. */
  async must(manifest: Manifest): Promise<void> {
    const { status, message } = await this.apply(manifest);
    if (status >= 300) throw new Error(`${manifest.kind} ${manifest.metadata.name}: ${message}`);
  }

  /** Makes namespaces in which pods can be tried. */
  async makeNamespaces(names: readonly string[], labels: Readonly<Record<string, string>>): Promise<void> {
    for (const name of names) {
      await this.must({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
      await this.must(defaultAccount(name));
    }
  }

  /** Why something is refused, once it is: a policy is enforced some time after it is taken. Empty: it is not. */
  async refusal(manifest: Manifest): Promise<string> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const { status, message } = await this.apply(manifest, { dryRun: true });
      if (status >= 300) return message;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return "";
  }

  /** Server-side apply; with `dryRun` all but the writing, with `as` in the name of a service account. */
  async apply(
    manifest: Manifest,
    { dryRun = false, as }: { dryRun?: boolean; as?: string } = {},
  ): Promise<Answer> {
    const { name } = manifest.metadata;
    const query = `fieldManager=test&force=true&fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
    const address = `${await this.collection(manifest)}/${name}?${query}`;
    return this.request("PATCH", address, manifest, as);
  }

  /** The object as it is in the cluster. */
  async get(manifest: Manifest): Promise<unknown> {
    const { body } = await this.send("GET", `${await this.collection(manifest)}/${manifest.metadata.name}`);
    return JSON.parse(body);
  }

  private async collection({ apiVersion, kind, metadata }: Manifest): Promise<string> {
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const namespace = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
    const key = `${apiVersion}/${kind}`;
    if (!this.plurals.has(key)) {
      const { body } = await this.send("GET", base);
      const { resources = [] } = JSON.parse(body) as { resources?: { name: string; kind: string }[] };
      const found = resources.find((each) => each.kind === kind && !each.name.includes("/"));
      if (found === undefined) throw new Error(`the cluster has no ${key}`);
      this.plurals.set(key, found.name);
    }
    return `${base}${namespace}/${this.plurals.get(key) ?? ""}`;
  }

  private async request(
    method: string,
    address: string,
    manifest: Manifest,
    as: string | undefined,
  ): Promise<Answer> {
    const { status, body, warnings } = await this.send(method, address, JSON.stringify(manifest), as);
    const { message = "" } = JSON.parse(body) as { message?: string };
    return { status, message: status < 300 ? "" : message, warnings };
  }

  private send(
    method: string,
    address: string,
    data?: string,
    as?: string,
  ): Promise<{ status: number; body: string; warnings: string }> {
    const url = new URL(address, this.config.clusters[0].cluster.server);
    const headers = {
      authorization: `Bearer ${this.config.users[0].user.token}`,
      ...(data !== undefined && { "content-type": "application/apply-patch+yaml" }),
      ...(as !== undefined && { "impersonate-user": as, "impersonate-group": "system:serviceaccounts" }),
    };
    return new Promise((resolve, reject) => {
      const request = https.request(
        url,
        { method, headers, agent: this.agent, timeout: 180_000 },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const warnings = String(response.headers.warning ?? "");
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), warnings });
          });
        },
      );
      request.on("timeout", () => request.destroy(new Error("the API server does not answer")));
      request.on("error", reject);
      request.end(data);
    });
  }
}
